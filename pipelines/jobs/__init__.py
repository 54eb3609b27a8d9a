"""One load at a time, in a process of its own: what it was asked, how far it is, what came of it.

All of it is on disk beside the warehouse, so that a browser reload, a second tab or a restarted server sees the same.
"""

from pipelines.jobs.control import Jobs
from pipelines.jobs.job import Ask, Job, JobFile, Progress, State, received_folder

__all__ = ["Ask", "Job", "JobFile", "Jobs", "Progress", "State", "received_folder"]
