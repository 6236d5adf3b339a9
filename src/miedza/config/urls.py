"""All addresses."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from miedza.api import feeds
from miedza.web.client import agreements, answers, places, times, waiting
from miedza.web.client import booking as my_booking
from miedza.web.client import calendars as my_calendars
from miedza.web.client import meetings as my_meetings
from miedza.web.client import series as my_series
from miedza.web.practitioner import (
    agreements as with_person,
)
from miedza.web.practitioner import (
    asking,
    beside,
    blocking,
    boundaries,
    calendars,
    corrections,
    days,
    decisions,
    exports,
    figures,
    groups,
    hours,
    lateness,
    letters,
    meetings,
    money,
    notes,
    people,
    proposals,
    public_page,
    rules,
    series,
    services,
    settings,
    team,
    today,
    week,
    wishes,
)
from miedza.web.practitioner import (
    booking as booking_with,
)
from miedza.web.public import agreeing, answering, booking, joining, practices, visiting
from miedza.web.signin import language, welcome, zone

SIGN_IN = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("language/", language.choose_language, name="choose_language"),
    path("zone/", zone.choose_zone, name="choose_zone"),
    path("sign-in/", account.request_login_code, name="account_login"),
    path("sign-in/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("settings/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("settings/passkeys/", passkeys.list_webauthn, name="mfa_index"),
    path("settings/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "settings/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"
    ),
]
PRACTITIONER = [
    path("", today.today, name="today"),
    path("close-day/", today.close_the_day, name="close_day"),
    path("calendar/", week.show_week, name="calendar"),
    path("calendar/events.json", week.list_events, name="calendar_events"),
    path("calendar/off/", week.change_off, name="calendar_off"),
    path("people/", people.list_people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<uuid:person_id>/", people.show_person, name="person"),
    path("people/<uuid:person_id>/change/", people.change_person, name="change_person"),
    path("people/<uuid:person_id>/book/", booking_with.book, name="book"),
    path("people/<uuid:person_id>/book/series/", series.book_chosen, name="book_series"),
    path("people/<uuid:person_id>/block/", blocking.change_block, name="block"),
    path("people/<uuid:person_id>/notes/", notes.show_notes, name="notes"),
    path(
        "people/<uuid:person_id>/notes/<uuid:note_id>/delete/", notes.delete_note,
        name="delete_note",
    ),
    path("people/<uuid:person_id>/history.jsonl", exports.export_history, name="export_history"),
    path("people/<uuid:person_id>/agreement/", with_person.show_agreement, name="agreement"),
    path("people/<uuid:person_id>/agreement/here/", with_person.sign_here, name="sign_here"),
    path("people/<uuid:person_id>/beside/", beside.show_beside, name="beside"),
    path(
        "people/<uuid:person_id>/beside/<uuid:relation_id>/end/", beside.end_beside,
        name="end_beside",
    ),
    path("people/<uuid:person_id>/place/", beside.change_place, name="change_place"),
    path("people/<uuid:person_id>/letters/", letters.show_letters, name="letters"),
    path("people/<uuid:person_id>/money/", money.show_account, name="account"),
    path("decisions/", decisions.list_decisions, name="decisions"),
    path("decisions/<uuid:ruling_id>/", decisions.decide, name="decide"),
    path("boundaries/", boundaries.show_boundaries, name="boundaries"),
    path("boundaries/hour/", figures.show_hour, name="hour"),
    path("boundaries/hour/<uuid:person_id>/", figures.show_hour, name="hour_with"),
    path("boundaries/<slug:figure>/<slug:side>/", figures.show_figure, name="figure"),
    path("money/", money.show_money, name="money"),
    path("meetings/<uuid:booking_id>/", meetings.show_meeting, name="meeting"),
    path("meetings/<uuid:booking_id>/record/", meetings.record, name="record"),
    path("meetings/<uuid:booking_id>/propose/", proposals.propose, name="propose"),
    path("meetings/<uuid:booking_id>/late/", lateness.say_late, name="late"),
    path("meetings/<uuid:booking_id>/void/", corrections.void, name="void"),
    path("meetings/<uuid:booking_id>/strike/", corrections.strike, name="strike"),
    path("meetings/<uuid:booking_id>/waive/", corrections.waive, name="waive"),
    path("rules/", rules.edit_rules, name="rules"),
    path("rules/effect/", rules.show_effect, name="rules_effect"),
    path("rules/publish/", rules.publish, name="publish_rules"),
    path("rules/discard/", rules.discard, name="discard_rules"),
    path("rules/ask/", asking.ask_again, name="ask_again"),
    path("rules/versions/<int:number>/", rules.show_version, name="rules_version"),
    path("settings/", settings.show_settings, name="settings"),
    path("settings/hours/", hours.show_hours, name="hours"),
    path("settings/hours/days/", days.show_days, name="days"),
    path("settings/services/", services.show_services, name="services"),
    path("settings/services/add/", services.change_service, name="add_service"),
    path("settings/services/<uuid:service_id>/", services.change_service, name="change_service"),
    path("settings/services/<uuid:service_id>/open/", services.open_or_close, name="open_service"),
    path("settings/services/<uuid:service_id>/dates/", groups.show_dates, name="group_dates"),
    path("settings/calendars/", calendars.show_calendars, name="calendars"),
    path("settings/calendars/<uuid:source_id>/", calendars.change_source, name="change_source"),
    path("settings/team/", team.show_team, name="team"),
    path("settings/team/add/", team.add_to_team, name="add_to_team"),
    path("settings/team/asked/<uuid:joining_id>/end/", team.stop_asking, name="stop_asking"),
    path("settings/team/<uuid:practitioner_id>/go/", team.let_go, name="let_go"),
    path("settings/page/", public_page.change_page, name="public_page"),
    path("groups/<uuid:frame_id>/", groups.show_group, name="group"),
    path("groups/<uuid:frame_id>/seats/", groups.enter_group, name="enter_group"),
    path("wishes/", wishes.list_wishes, name="wishes"),
    path("wishes/<uuid:kept_id>/", wishes.answer_wish, name="answer_wish"),
    path("waiting/<uuid:waiting_id>/end/", wishes.end_waiting, name="end_waiting"),
]  # fmt: skip
PUBLIC = [
    path("agree/<str:token>/", agreeing.agree, name="agree"),
    path("agree/<str:token>/enter/", agreeing.enter, name="enter"),
    path("join/<str:token>/", joining.join, name="join"),
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("feeds/<str:token>.ics", feeds.show_feed, name="feed"),
    path("held/<str:token>/", visiting.show_held, name="held"),
    path("with/<slug:slug>/", practices.show_practice, name="practice"),
    path("with/<slug:slug>/rules/", practices.show_rules, name="public_rules"),
    path("with/<slug:slug>/<slug:service_slug>/", practices.show_service, name="service"),
    path("with/<slug:slug>/<slug:service_slug>/times.json", practices.list_times, name="times"),
    path("with/<slug:slug>/<slug:service_slug>/book/", booking.begin, name="begin"),
]
_MINE = "my/<uuid:person_id>/"
_MEETING = f"{_MINE}meetings/<uuid:booking_id>/"
CLIENT = [
    path("my/", places.list_places, name="my"),
    path(_MINE, places.show_place, name="my_place"),
    path(f"{_MINE}paying/", places.show_paying, name="my_paying"),
    path(f"{_MINE}sponsoring/", places.show_sponsoring, name="my_sponsoring"),
    path(f"{_MINE}agreement/", agreements.show_agreement, name="my_agreement"),
    path(f"{_MINE}book/", my_booking.book, name="my_book"),
    path(f"{_MINE}book/series/", my_series.book_many, name="my_series"),
    path(f"{_MINE}wishes/<uuid:kept_id>/", waiting.withdraw_wish, name="my_wish"),
    path(f"{_MINE}calendar/", my_calendars.show_feed, name="my_calendar"),
    path(f"{_MINE}waiting/", waiting.wait, name="my_waiting"),
    path(f"{_MINE}waiting/<uuid:waiting_id>/end/", waiting.stop, name="my_stop_waiting"),
    path(_MEETING, my_meetings.show_meeting, name="my_meeting"),
    path(f"{_MEETING}move/", times.move, name="my_move"),
    path(f"{_MEETING}cancel/", my_meetings.cancel, name="my_cancel"),
    path(f"{_MEETING}request/", my_meetings.add_request, name="my_request"),
    path(f"{_MEETING}late/", answers.say_late, name="my_late"),
    path(f"{_MEETING}waive/", answers.let_go, name="my_waive"),
    path(f"{_MEETING}differ/", answers.see_differently, name="my_differ"),
]
urlpatterns = [*SIGN_IN, *PUBLIC, *CLIENT, *PRACTITIONER]
handler403 = "django.views.defaults.permission_denied"
