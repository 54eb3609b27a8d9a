"""The auditor: what can an attacker work out from everything that was published? It never sees a true count.

`audit_cubes` works from published files and the policy alone, so that an outside expert can run it. It shares no
code with the publisher: relations and attacks are written a second time, which is what makes the audit independent.
"""

from pipelines.audit.audit import audit_cubes, audit_folder
from pipelines.audit.findings import AuditReport, Finding, rounded
from pipelines.audit.page import page

__all__ = ["AuditReport", "Finding", "audit_cubes", "audit_folder", "page", "rounded"]
