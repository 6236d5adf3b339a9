"""Who stands beside a person, with a place of their own that shows what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.people.models import Person, Relation
from tests.web.clients import give_place
from tests.web.pages import follow, read, sign_in, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def _page(person: Person) -> str:
    return reverse("beside", args=[person.id])


def _add(client: Client, cast: Cast, **body: str) -> Any:
    said = {"name": "Ewa Żółć", "email": "ewa@clients.example", "kind": "guardian", **body}
    return client.post(_page(cast.ola), said)


def _ewa(cast: Cast) -> Person:
    return Person.objects.of(cast.anna.practice_id).get(name="Ewa Żółć")


def test_parent_is_added_with_a_place(cast: Cast, anna: Client) -> None:
    response = _add(anna, cast)

    said = follow(anna, response)
    assert "Ewa Żółć answers for them: a parent, a guardian" in said
    assert "signs in as ewa@clients.example" in said
    ewa = _ewa(cast)
    assert ewa.user is not None
    assert "answers for Ola Żółć" in read(anna.get(reverse("person", args=[ewa.id])))
    mother = sign_in(ewa.user)
    assert mother.get("/my/")["Location"] == reverse("my_place", args=[cast.ola.id])
    place = read(mother.get(reverse("my_place", args=[cast.ola.id])))
    assert "you are here as Ewa Żółć" in place


def test_one_person_in_two_roles_is_one_person(cast: Cast, anna: Client) -> None:
    _add(anna, cast)
    _add(anna, cast, kind="payer", name="ewa zolc")
    _add(anna, cast, kind="payer")

    assert Person.objects.of(cast.anna.practice_id).filter(email="ewa@clients.example").count() == 1
    assert Relation.objects.of(cast.anna.practice_id).count() == 2
    user = _ewa(cast).user
    assert user is not None
    places = read(sign_in(user).get("/my/"))
    assert places.count("Ola Żółć") == 2
    assert "you answer for them" in places
    assert "you pay for them" in places


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"name": "  "}, "This field is required."),
        ({"email": "x"}, "Enter a valid email address."),
        ({"kind": "friend"}, "is not one of the available choices"),
    ],
)
def test_nonsense_stands_beside_nobody(
    body: dict[str, str], said: str, cast: Cast, anna: Client
) -> None:
    response = _add(anna, cast, **body)

    assert response.status_code == 422
    assert said in read(response)
    assert typed(response, "email") == [body.get("email", "ewa@clients.example")]
    assert not Relation.objects.of(cast.anna.practice_id).exists()


def test_nobody_stands_beside_themselves(cast: Cast, anna: Client) -> None:
    give_place(cast.anna, cast.ola)
    ola = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)

    response = _add(anna, cast, name=ola.name, email=ola.email)

    assert response.status_code == 422
    assert "This is the person themselves." in read(response)


def test_place_is_opened_and_closed(cast: Cast, anna: Client) -> None:
    address = reverse("change_place", args=[cast.ola.id])
    said = follow(anna, anna.post(address, {"place": "open"}))
    assert "Write down their e-mail first: they sign in with it." in said
    client = give_place(cast.anna, cast.ola)
    assert client.get("/my/").status_code == 302

    assert "Their place is closed." in follow(anna, anna.post(address, {"place": "close"}))

    assert "Nobody has opened a place for you yet." in read(client.get("/my/"))
    assert "Their place is open" in follow(anna, anna.post(address, {"place": "open"}))
    assert client.get("/my/").status_code == 302


def test_client_is_led_home_after_signing_in(cast: Cast, db: None) -> None:
    client = give_place(cast.anna, cast.ola)

    assert client.get("/")["Location"] == "/my/"
    assert client.get("/my/")["Location"] == reverse("my_place", args=[cast.ola.id])
    page = read(client.get(reverse("my_place", args=[cast.ola.id])))
    assert "Here two fields meet: yours on the left" in page
    assert "Before you book by yourself, read how you work together and accept it." in page
