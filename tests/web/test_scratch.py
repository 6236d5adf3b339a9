import pytest
from tests.web.pages import *
def test_a(stage, anna, lost, client):
    for name in ("today","people","rules","settings"):
        r = anna.get(reverse(name)); print(r.status_code, read(r)[:3000]); print(r.headers)
    for r in (anna.get(reverse("meeting",args=[stage.mine.missed.id])),anna.get(reverse("person",args=[stage.mine.person.id]))):
        print(r.status_code, read(r)[:3000])
    print(lost.get("/").status_code, client.get("/"))
