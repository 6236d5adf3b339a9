"""All addresses."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from miedza.web.practitioner import (
    corrections,
    exports,
    meetings,
    notes,
    people,
    rules,
    settings,
    today,
)
from miedza.web.signin import language, welcome

SIGN_IN = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("language/", language.choose_language, name="choose_language"),
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
    path("people/", people.list_people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<uuid:person_id>/", people.show_person, name="person"),
    path("people/<uuid:person_id>/change/", people.change_person, name="change_person"),
    path("people/<uuid:person_id>/book/", meetings.book, name="book"),
    path("people/<uuid:person_id>/notes/", notes.show_notes, name="notes"),
    path(
        "people/<uuid:person_id>/notes/<uuid:note_id>/delete/", notes.delete_note,
        name="delete_note",
    ),
    path("people/<uuid:person_id>/history.jsonl", exports.export_history, name="export_history"),
    path("meetings/<uuid:booking_id>/", meetings.show_meeting, name="meeting"),
    path("meetings/<uuid:booking_id>/record/", meetings.record, name="record"),
    path("meetings/<uuid:booking_id>/void/", corrections.void, name="void"),
    path("meetings/<uuid:booking_id>/strike/", corrections.strike, name="strike"),
    path("meetings/<uuid:booking_id>/waive/", corrections.waive, name="waive"),
    path("rules/", rules.edit_rules, name="rules"),
    path("rules/effect/", rules.show_effect, name="rules_effect"),
    path("rules/publish/", rules.publish, name="publish_rules"),
    path("rules/discard/", rules.discard, name="discard_rules"),
    path("rules/versions/<int:number>/", rules.show_version, name="rules_version"),
    path("settings/", settings.show_settings, name="settings"),
]  # fmt: skip
urlpatterns = [*SIGN_IN, *PRACTITIONER]
handler403 = "django.views.defaults.permission_denied"
