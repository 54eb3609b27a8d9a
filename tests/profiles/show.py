import sys; sys.path.insert(0,"/work/main/tests"); sys.path.insert(0,"/work/main/tests/profiles")
import json, shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from load.loading import *
from workbooks import write_workbook
from pipelines.program import Program
name=sys.argv[1]
here=Path("/work/main/tests/profiles")/name
AS={"canonical":("2026-06-30","2026-09-30"),"recovery_platform":("2026-06-30","2026-09-30"),"coach_spreadsheet":("2026-02-28","2026-03-31"),"ctn0094":("2020-12-31","2021-12-31"),"odin_pa":("2018-06-30","2018-12-31")}[name]
tmp=Path(mkdtemp())
for half in ("first","second"):
    (tmp/half).mkdir()
    for p in (here/half).iterdir():
        if p.is_dir(): write_workbook(p,tmp/half/p.name.removesuffix(".sheets"))
        else: shutil.copy(p,tmp/half/p.name)
for half,a in zip(("first","second"),AS):
    r=run(tmp/"store",tmp/half,profile=name,as_of=date.fromisoformat(a))
    print(half,"removed",r.removed)
    for x in r.accounts: print("  ",x.file,x.read,x.loaded,x.replaced,x.quarantined,x.duplicate,x.dropped)
    print("  ",dict(sorted(findings(tmp/"store").items())))
    print("  ",query(tmp/"store","select source_file,rule_id,field,count(*) from load_issue where source_row is null and batch_id=(select value from program_setting where name='version') group by all order by all"))
    f=facts(tmp/"store"); print("  ",{k:len(v) for k,v in f.items()}, query(tmp/"store","select class,count(*) from milestone group by 1 order by 1"), "contacts",query(tmp/"store","select count(*) from contact"))
s2=tmp/"store2"
for half,a in reversed(list(zip(("first","second"),AS))):
    r=run(s2,tmp/half,profile=name,as_of=date.fromisoformat(a))
    for x in r.accounts: print("  ",x.file,x.read,x.loaded,x.replaced,x.quarantined,x.duplicate,x.dropped)
shutil.copy(tmp/"store"/"salt.key", s2/"salt.key") if False else None
