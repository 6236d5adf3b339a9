"""How every function of every app's queries and actions is called, for one practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.agreements import accepting
from miedza.agreements import actions as agreeing
from miedza.agreements import queries as agreements
from miedza.messaging import actions as mailing
from miedza.messaging import checking as reading
from miedza.messaging import queries as mails
from miedza.messaging.envelopes import Envelope
from miedza.people import actions as knowing
from miedza.people import queries as people
from miedza.practice import actions as leading
from miedza.practice import queries as practices
from tests.cast import ANNAS_TERMS, BOOKED

if TYPE_CHECKING:
    from collections.abc import Callable


from tests.db import calls_of_calendars, calls_of_joining, calls_of_meetings, calls_of_times
from tests.db.stage import KNOWN, LATER, Stage

OF_TIMES = {**calls_of_times.CALLS, **calls_of_calendars.CALLS, **calls_of_joining.CALLS}
"""Those that need what is on offer, kept and shown elsewhere."""

CALLS: dict[str, Callable[[Stage], Any]] = {
    "practice.queries.is_new_installation": lambda _s: practices.is_new_installation(),
    "practice.queries.find_practitioner": lambda s: practices.find_practitioner(
        user_id=s.practitioner.user_id
    ),
    "practice.queries.find_user": lambda s: practices.find_user(email="anna@miedza.example"),
    "practice.queries.get_practice": lambda s: practices.get_practice(**s.of),
    "practice.queries.read_any_key": lambda _s: practices.read_any_key(),
    "practice.actions.create_practice": lambda s: leading.create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
        currency="EUR", time_zone="Europe/London", now=BOOKED,
    ),
    "practice.actions.lock_installation": lambda _s: leading.lock_installation(),
    "practice.actions.lock_practice": lambda s: leading.lock_practice(**s.of),
    "practice.actions.erase_practice": lambda s: leading.erase_practice(**s.of),
    "practice.actions.change_practice": lambda s: leading.change_practice(
        practice=s.practice, name="A", profession="coach", language="en", time_zone="UTC"
    ),
    "practice.actions.change_looks": lambda s: leading.change_looks(
        user=s.practitioner.user, language="en", theme="dark"
    ),
    "people.queries.fold_name": lambda s: people.fold_name("Łucja"),
    "people.queries.list_people": lambda s: list(people.list_people(**s.of, search="o a")),
    "people.queries.find_person": lambda s: people.find_person(**s.of, person_id=s.person.id),
    "people.queries.list_notes": lambda s: people.list_notes(
        practitioner=s.practitioner, person_id=s.person.id
    ),
    "people.queries.find_note": lambda s: people.find_note(**s.of, note_id=s.note.id),
    "people.queries.count_people": lambda s: people.count_people(**s.of),
    "people.actions.add_person": lambda s: knowing.add_person(
        practice=s.practice, **KNOWN, now=BOOKED
    ),
    "people.actions.change_person": lambda s: knowing.change_person(
        practice=s.practice, person=s.person, **KNOWN
    ),
    "people.actions.write_note": lambda s: knowing.write_note(
        practitioner=s.practitioner, person=s.person, text="…", now=BOOKED
    ),
    "people.actions.delete_note": lambda s: knowing.delete_note(
        practitioner=s.practitioner, person=s.person, note_id=s.note.id
    ),
    "agreements.queries.find_in_force": lambda s: agreements.find_in_force(**s.of, at=BOOKED),
    "agreements.queries.find_draft": lambda s: agreements.find_draft(**s.of),
    "agreements.queries.list_published": lambda s: list(agreements.list_published(**s.of)),
    "agreements.actions.save_draft": lambda s: agreeing.save_draft(
        practice=s.practice, terms=ANNAS_TERMS
    ),
    "agreements.actions.publish_draft": lambda s: (
        agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
        agreeing.publish_draft(practice=s.practice, number=2, now=BOOKED),
    ),
    "agreements.actions.discard_draft": lambda s: (
        agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
        agreeing.discard_draft(practice=s.practice),
    ),
    "practice.queries.list_practices": lambda _s: practices.list_practices(),
    "practice.queries.opens_one_place": lambda s: practices.opens_one_place(user=s.user),
    "practice.queries.list_doors": lambda s: practices.list_doors(user_id=s.user.pk),
    "practice.queries.find_leader": lambda s: practices.find_leader(**s.of),
    "practice.actions.open_door": lambda s: leading.open_door(
        practice=s.practice, email="ola@miedza.example", language="pl"
    ),
    "practice.actions.close_door": lambda s: leading.close_door(
        practice=s.practice, user=s.user
    ),
    "people.queries.list_beside": lambda s: people.list_beside(**s.of, person_id=s.person.id),
    "people.queries.read_guardians": lambda s: people.read_guardians(
        **s.of, person_ids=[s.person.id]
    ),
    "people.queries.list_guardians": lambda s: people.list_guardians(
        **s.of, person_id=s.person.id
    ),
    "people.queries.may_answer": lambda s: people.may_answer(
        **s.of, person=s.person, by=s.parent
    ),
    "people.actions.put_beside": lambda s: knowing.put_beside(
        practice=s.practice, person=s.marek, name="Ewa", email="ewa@miedza.example",
        kind="payer", now=BOOKED,
    ),
    "agreements.queries.list_open": lambda s: list(
        agreements.list_open(**s.of, person_id=s.marek.id)
    ),
    "agreements.accepting.let_no_link_enter": lambda _s: accepting.let_no_link_enter(now=LATER),
    "people.queries.find_guardian": lambda s: people.find_guardian(
        **s.of, person_id=s.person.id
    ),
    "people.queries.list_own": lambda s: people.list_own(**s.of, user_id=s.user.pk),
    "people.queries.find_charges": lambda s: people.find_charges(
        **s.of, user_id=s.user.pk
    ),
    "people.queries.list_charges": lambda s: people.list_charges(
        **s.of, other_ids=[s.parent.id]
    ),
    "people.actions.find_or_add": lambda s: knowing.find_or_add(
        practice=s.practice, name="Ewa", email="ewa@miedza.example", like=s.person, now=BOOKED
    ),
    "people.actions.relate": lambda s: knowing.relate(
        practice=s.practice, person=s.marek, other=s.parent, kind="payer", now=BOOKED
    ),
    "people.actions.unrelate": lambda s: knowing.unrelate(
        practice=s.practice, person=s.person, relation_id=s.relation.id
    ),
    "people.actions.open_place": lambda s: knowing.open_place(
        practice=s.practice, person=s.parent
    ),
    "people.actions.close_place": lambda s: knowing.close_place(
        practice=s.practice, person=s.parent
    ),
    "agreements.queries.read_standing": lambda s: agreements.read_standing(
        **s.of, person_id=s.marek.id, now=LATER
    ),
    "agreements.queries.read_holding": lambda s: agreements.read_holding(
        **s.of, person_ids=[s.marek.id]
    ),
    "agreements.queries.find_invitation": lambda s: agreements.find_invitation(
        token=s.token, now=BOOKED
    ),
    "agreements.queries.list_not_accepted": lambda s: agreements.list_not_accepted(
        **s.of, rules_id=s.accepted().meeting.rules_id
    ),
    "agreements.accepting.invite": lambda s: accepting.invite(
        **s.now, person=s.person, asked=s.parent, holds_at=LATER, words="…", mailed_to=""
    ),
    "agreements.accepting.show_agreement": lambda s: s.sign(),
    "agreements.accepting.accept": lambda s: accepting.accept(**s.sign()),
    "agreements.accepting.enter_once": lambda s: accepting.enter_once(
        invitation=s.invitation, now=BOOKED
    ),
    "messaging.queries.list_letters": lambda s: mails.list_letters(
        **s.of, person_id=s.person.id
    ),
    "messaging.actions.draft_letter": lambda s: mailing.draft_letter(
        **s.now, person=s.person, purpose="booked", language="pl", to="o@miedza.example",
        envelope=Envelope("…", "…"), dedupe_key="booked:1", meeting_id=s.booking.id,
    ),
    "messaging.actions.withdraw_letters": lambda s: mailing.withdraw_letters(
        **s.now, key="booked:"
    ),
    "messaging.checking.find_broken_mails": lambda _s: list(reading.find_broken_mails()),
    "messaging.actions.give_up_waiting": lambda _s: mailing.give_up_waiting(error="…", now=LATER),
    "messaging.queries.read_mail": lambda s: mails.read_mail(s.mail),
    "messaging.queries.count_given_up": lambda s: mails.count_given_up(since=BOOKED),
    "messaging.actions.queue_mail": lambda s: mailing.queue_mail(
        to="o@miedza.example", envelope=Envelope("…", "…"), now=BOOKED
    ),
    "messaging.actions.claim_mail": lambda s: mailing.claim_mail(now=LATER),
    "messaging.actions.mark_sent": lambda s: mailing.mark_sent(mail=s.mail, now=LATER),
    "messaging.actions.mark_failed": lambda s: mailing.mark_failed(
        mail=s.mail, error="…", now=LATER
    ),
    "people.actions.know_zone": lambda s: knowing.know_zone(
        practice=s.practice, person=s.person, zone="Europe/London"
    ),
    "people.actions.block": lambda s: knowing.block(
        practice=s.practice, person=s.person, now=LATER
    ),
    "people.actions.unblock": lambda s: knowing.unblock(practice=s.practice, person=s.person),
    "people.queries.find_by_email": lambda s: people.find_by_email(
        **s.of, email=" Marek@miedza.example"
    ),
    "people.queries.write_plainly": lambda _s: people.write_plainly("o.la+1@gmail.com"),
    "people.queries.find_alike": lambda s: people.find_alike(
        **s.of, name="Zoe Nowak", email="zoe@miedza.example", phone="600 100 200",
        but=[s.person.id],
    ),
    "practice.actions.open_pages": lambda s: leading.open_pages(
        practice=s.practice, slug="anna", now=LATER
    ),
    "practice.actions.close_pages": lambda s: leading.close_pages(practice=s.practice),
    "practice.actions.note_form": lambda s: leading.note_form(
        form_id=s.person.id, digest="0", now=LATER
    ),
    "practice.actions.forget_form": lambda s: leading.forget_form(form_id=s.person.id),
    "practice.actions.forget_forms": lambda _s: leading.forget_forms(now=LATER),
    "practice.queries.find_by_slug": lambda _s: practices.find_by_slug(slug="anna"),
    "practice.queries.list_practitioners": lambda s: practices.list_practitioners(**s.of),
    "practice.queries.name_practitioners": lambda s: practices.name_practitioners(**s.of),
    **calls_of_meetings.CALLS,
    **OF_TIMES,
}  # fmt: skip
