import pytest, time
from .scena import *
def test_x(client, db):
    t=time.time(); s = Scena(); print("scena", time.time()-t)
    entra(client, s.referente)
    for u in ["/amministrazione/", "/amministrazione/pages/%s/edit/" % s.propria.pk, "/amministrazione/pages/%s/edit/" % s.bozza.pk, "/amministrazione/pages/%s/" % s.aurora.pk, "/amministrazione/pages/%s/" % s.aurora.get_parent().pk, "/amministrazione/reports/site-history/","/amministrazione/images/"]:
        t=time.time()
        r = client.get(u)
        print(u, r.status_code, r.headers.get("Location"), len(r.content), time.time()-t)
        if "edit" in u and r.status_code==200: __import__("pathlib").Path("/tmp/admin-edit.html").write_bytes(r.content)
        if u.endswith("ione/"): __import__("pathlib").Path("/tmp/admin-home.html").write_bytes(r.content)
