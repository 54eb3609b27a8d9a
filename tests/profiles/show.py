# writes expected.json from a run; every number was then checked by hand against the plan of the fixture
import sys; sys.path.insert(0,"/work/main/tests"); sys.path.insert(0,"/work/main/tests/profiles")
import json
from pathlib import Path
from tempfile import mkdtemp
from fixture_loads import *
AS={"canonical":("2026-06-30","2026-09-30"),"recovery_platform":("2026-06-30","2026-09-30"),"coach_spreadsheet":("2026-02-28","2026-03-31"),"ctn0094":("2020-12-31","2021-12-31"),"odin_pa":("2018-06-30","2018-12-31")}
CAN={"canonical":["canary","QZX","QZC","1985-02-03","all morning","0/0/0000"],
"recovery_platform":["canary","9734001","9,734,001","QZP1","example.org"],
"coach_spreadsheet":["canary","QX100","QX1001","Bangor","all morning"],
"ctn0094":["canary","88801","88802"],
"odin_pa":["canary","8870001","8,870,001","39.987654","-75.123456"]}
for name in sys.argv[1:]:
    tmp=Path(mkdtemp()); store=tmp/"store"; out={"program":{"organization":"Fixture program","state":"" if name in("ctn0094","odin_pa") else "ME"},"canaries":CAN[name]}
    for half,a in zip(("first","second"),AS[name]):
        exports=build_export(name,half,tmp/half)
        out[half]={"as_of":a}
        (HERE/name/"expected.json").write_text(json.dumps(out))
        r=load_half(name,half,exports,store)
        out[half].update(outcome(store,r))
    text=json.dumps(out,indent=2,ensure_ascii=False)
    import re
    text=re.sub(r'\{\s+("read": [^}]*?)\s+\}',lambda m:"{"+re.sub(r"\s+"," ",m[1])+"}",text)
    (HERE/name/"expected.json").write_text(text+"\n")
