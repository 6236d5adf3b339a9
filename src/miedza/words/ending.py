"""The sentences about how a meeting ends."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Ending", "pl": "Zakończenie spotkania", "ru": "Окончание встречи"}

RULE: Forms = {
    "long": {
        "en": "The meeting ends at the agreed time[grace_minutes?; a difference of up to "
        "{grace_minutes:minute|minutes} does not count.//, to the minute.] Each side may ask for "
        "more time; [rate_percent?minutes agreed by both cost {rate_percent}% of the usual price "
        "per minute, all others are free.//extra minutes are free.] Minutes lost through the "
        "practitioner are made up at the end, or their price is given back.",
        "pl": "Spotkanie kończy się o umówionej porze[grace_minutes?; różnica do "
        "{grace_minutes:minuty|minut|minut} się nie liczy.//, co do minuty.] Każda ze stron może "
        "poprosić o więcej czasu; [rate_percent?minuty, na które zgodzą się obie, kosztują "
        "{rate_percent}% zwykłej ceny za minutę, a pozostałe są bezpłatne.//dodatkowe minuty są "
        "bezpłatne.] Minuty, których zabraknie z powodu osoby prowadzącej, są odrabiane na końcu "
        "albo zwracana jest ich cena.",
        "ru": "Встреча заканчивается в назначенное время[grace_minutes?; разница до "
        "{grace_minutes:минуты|минут|минут} не в счёт.//, минута в минуту.] Каждая сторона может "
        "попросить ещё времени; [rate_percent?минуты, на которые согласны обе, стоят "
        "{rate_percent}\N{NO-BREAK SPACE}% обычной цены минуты, остальные "
        "бесплатны.//дополнительные минуты бесплатны.] Минуты, которых не хватило из-за "
        "специалиста, добавляются в конце, или возвращается их стоимость.",
    },
    "short": {
        "en": "We end on time; longer only if we both agree.",
        "pl": "Kończymy o czasie; dłużej tylko za zgodą obu stron.",
        "ru": "Заканчиваем вовремя; дольше — только по согласию обеих сторон.",
    },
    "line": {
        "en": "We end at the agreed time; extra minutes are charged only if we both agree.",
        "pl": "Kończymy o umówionej porze; dodatkowe minuty są płatne tylko wtedy, gdy wspólnie "
        "tak ustalimy.",
        "ru": "Заканчиваем в назначенное время; дополнительные минуты платные, только если мы "
        "вместе так решим.",
    },
}

REASONS: dict[str, Forms] = {
    "agreed_overtime": {
        "long": {
            "en": "Each side may suggest going on longer, and each may say no. "
            "[rate_percent?Minutes agreed by both cost {rate_percent}% of the usual price per "
            "minute, and only those actually used are counted.//Minutes agreed by both are free.]",
            "pl": "Każda ze stron może zaproponować przedłużenie i każda może odmówić. "
            "[rate_percent?Minuty uzgodnione przez obie strony kosztują {rate_percent}% zwykłej "
            "ceny za minutę; liczą się tylko te, które naprawdę wykorzystano.//Minuty uzgodnione "
            "przez obie strony są bezpłatne.]",
            "ru": "Каждая сторона может предложить продлить встречу, и каждая может отказаться. "
            "[rate_percent?Минуты, о которых договорились обе, стоят "
            "{rate_percent}\N{NO-BREAK SPACE}% обычной цены минуты; считаются только те, что "
            "действительно понадобились.//Минуты, о которых договорились обе, бесплатны.]",
        },
        "short": {
            "en": "[rate_percent?Extra minutes we agree on: {rate_percent}% of the usual price "
            "per minute.//Extra minutes we agree on are free.]",
            "pl": "[rate_percent?Uzgodnione dodatkowe minuty: {rate_percent}% zwykłej ceny za "
            "minutę.//Uzgodnione dodatkowe minuty są bezpłatne.]",
            "ru": "[rate_percent?Согласованные минуты сверх времени: "
            "{rate_percent}\N{NO-BREAK SPACE}% обычной цены минуты.//Согласованные минуты сверх "
            "времени бесплатны.]",
        },
        "line": {
            "en": "[rate_percent?If we both want to go on longer, those minutes cost "
            "{rate_percent}% of the usual price per minute.//If we both want to go on longer, "
            "those minutes are free.]",
            "pl": "[rate_percent?Jeśli wspólnie zdecydujemy się przedłużyć, te minuty kosztują "
            "{rate_percent}% zwykłej ceny za minutę.//Jeśli wspólnie zdecydujemy się przedłużyć, "
            "te minuty są bezpłatne.]",
            "ru": "[rate_percent?Если мы вместе решим продолжить, эти минуты будут стоить "
            "{rate_percent}\N{NO-BREAK SPACE}% обычной цены минуты.//Если мы вместе решим "
            "продолжить, эти минуты бесплатны.]",
        },
        "reason": {
            "en": "{minutes:minute|minutes} longer, agreed by both",
            "pl": "{minutes:minuta|minuty|minut} dłużej, za zgodą obu stron",
            "ru": "на {minutes:минуту|минуты|минут} дольше, по согласию сторон",
        },
    },
    "overran": {
        "long": {
            "en": "Keeping time is the practitioner's task. Minutes that were not agreed cost the "
            "client nothing, and each side may leave at the agreed time.",
            "pl": "O to, by skończyć na czas, dba osoba prowadząca. Za minuty, których nie "
            "uzgodniono, klient nie płaci, a każda ze stron może wyjść o umówionej porze.",
            "ru": "За временем окончания следит специалист. Минуты, о которых не договаривались, "
            "клиент не оплачивает, и каждая сторона может уйти в назначенное время.",
        },
        "short": {
            "en": "If we run over without agreeing to, the extra minutes are free.",
            "pl": "Minuty ponad czas, których nie uzgodniono, są bezpłatne.",
            "ru": "Минуты сверх времени, о которых не договаривались, бесплатны.",
        },
        "line": {
            "en": "If I run over without asking, you pay nothing for it and are free to leave.",
            "pl": "Jeśli przedłużę bez uzgodnienia, nic to nie kosztuje i można wyjść o czasie.",
            "ru": "Если я задержу вас без договорённости, платить не нужно, и вы можете уйти "
            "вовремя.",
        },
        "reason": {
            "en": "{minutes:minute|minutes} over time",
            "pl": "spotkanie o {minutes:minutę|minuty|minut} dłuższe",
            "ru": "на {minutes:минуту|минуты|минут} дольше",
        },
    },
    "free_overran": {
        "long": {
            "en": "A free meeting also ends at the agreed time, and its extra minutes are free "
            "too. Each side may close it on time; what needs longer deserves a meeting of its own.",
            "pl": "Bezpłatne spotkanie też kończy się o umówionej porze, a minuty ponad czas też "
            "są bezpłatne. Każda ze stron może je zakończyć o czasie; na to, co wymaga więcej, "
            "lepiej umówić się osobno.",
            "ru": "Бесплатная встреча тоже заканчивается в назначенное время, и минуты сверх него "
            "тоже бесплатны. Каждая сторона может завершить её вовремя; теме, которой нужно больше "
            "времени, стоит отвести отдельную встречу.",
        },
        "short": {
            "en": "Free meetings end on time too.",
            "pl": "Bezpłatne spotkania też kończą się o czasie.",
            "ru": "Бесплатные встречи тоже заканчиваются вовремя.",
        },
        "line": {
            "en": "Our free meeting ends at the agreed time; if it runs over, it is still free.",
            "pl": "Bezpłatne spotkanie kończymy o umówionej porze; jeśli potrwa dłużej, nadal jest "
            "bezpłatne.",
            "ru": "Бесплатную встречу заканчиваем в назначенное время; если она затянется, она всё "
            "равно бесплатна.",
        },
        "reason": {
            "en": "free meeting, {minutes:minute|minutes} longer",
            "pl": "bezpłatne spotkanie o {minutes:minutę|minuty|minut} dłuższe",
            "ru": "бесплатная встреча, на {minutes:минуту|минуты|минут} дольше",
        },
    },
    "time_owed": {
        "long": {
            "en": "If the practitioner is late and the time is not made up, or "
            "[grace_minutes?ends more than {grace_minutes:minute|minutes} early,//ends early,] "
            "the price of those minutes is given back. If the client ends early, the price stays "
            "the same; each side may end when it needs to.",
            "pl": "Jeśli osoba prowadząca spóźni się i tego nie odrobi albo "
            "[grace_minutes?skończy wcześniej o więcej niż "
            "{grace_minutes:minutę|minuty|minut},//skończy wcześniej,] zwraca cenę tych minut. "
            "Jeśli wcześniej kończy klient, cena się nie zmienia; każda ze stron może skończyć, "
            "gdy tego potrzebuje.",
            "ru": "Если специалист опаздывает и не добавляет это время либо "
            "[grace_minutes?заканчивает больше чем на {grace_minutes:минуту|минуты|минут} "
            "раньше//заканчивает раньше], стоимость этих минут возвращается. Если раньше "
            "заканчивает клиент, стоимость не меняется; каждая сторона может закончить, когда ей "
            "это нужно.",
        },
        "short": {
            "en": "Minutes you miss because of me are made up or paid back.",
            "pl": "Minuty, których zabraknie przeze mnie, odrabiam albo zwracam.",
            "ru": "Минуты, которых не хватило из-за меня, добавлю или верну их стоимость.",
        },
        "line": {
            "en": "If you get less time because of me, I make it up or pay it back.",
            "pl": "Jeśli przeze mnie czasu będzie mniej, odrobię go albo zwrócę jego cenę.",
            "ru": "Если из-за меня времени окажется меньше, я добавлю его или верну его стоимость.",
        },
        "reason": {
            "en": "{minutes:minute|minutes} short",
            "pl": "{minutes:minuta|minuty|minut} za mało",
            "ru": "не хватило {minutes:минуты|минут|минут}",
        },
    },
    "ended_in_time": {
        "long": {
            "en": "A meeting that ends [grace_minutes?within {grace_minutes:minute|minutes} of "
            "the agreed time//at the agreed time] has ended on time, and neither side owes the "
            "other anything for it.",
            "pl": "Spotkanie, które kończy się [grace_minutes?najwyżej "
            "{grace_minutes:minutę|minuty|minut} wcześniej lub później//o umówionej porze], "
            "kończy się o czasie; żadna ze stron nic za to nie dopłaca ani nie zwraca.",
            "ru": "Если встреча заканчивается [grace_minutes?раньше или позже не больше чем на "
            "{grace_minutes:минуту|минуты|минут}//в назначенное время], это вовремя; ни одна из "
            "сторон ничего за это не доплачивает и не возвращает.",
        },
        "short": {
            "en": "[grace_minutes?Give or take {grace_minutes:minute|minutes} is still on "
            "time.//On time means to the minute.]",
            "pl": "[grace_minutes?Różnica do {grace_minutes:minuty|minut|minut} to nadal koniec o "
            "czasie.//O czasie, czyli co do minuty.]",
            "ru": "[grace_minutes?Разница до {grace_minutes:минуты|минут|минут} — это всё ещё "
            "вовремя.//Вовремя — это минута в минуту.]",
        },
        "line": {
            "en": "If we end [grace_minutes?within {grace_minutes:minute|minutes} of the agreed "
            "time//at the agreed time], that is on time.",
            "pl": "Jeśli skończymy [grace_minutes?najwyżej {grace_minutes:minutę|minuty|minut} "
            "wcześniej lub później//o umówionej porze], to nadal o czasie.",
            "ru": "Если закончим [grace_minutes?раньше или позже не больше чем на "
            "{grace_minutes:минуту|минуты|минут}//в назначенное время], это всё ещё вовремя.",
        },
        "reason": {
            "en": "ended on time",
            "pl": "koniec o czasie",
            "ru": "завершение вовремя",
        },
    },
    "end_not_recorded": {
        "long": {
            "en": "If both sides came and nobody noted the end within 24 hours, the meeting counts "
            "as held for the agreed time.",
            "pl": "Jeśli obie strony były na spotkaniu i nikt w ciągu 24 godzin nie zapisał jego "
            "końca, przyjmujemy, że trwało tyle, ile było umówione.",
            "ru": "Если обе стороны пришли и никто в течение 24 часов не отметил окончание, мы "
            "считаем, что встреча длилась столько, сколько было назначено.",
        },
        "short": {
            "en": "No end noted: the meeting counts as its agreed length.",
            "pl": "Bez zapisanego końca liczy się umówiony czas spotkania.",
            "ru": "Окончание не отмечено — считаем, что встреча длилась столько, сколько "
            "назначено.",
        },
        "line": {
            "en": "If neither of us notes the end, the meeting counts as its agreed length.",
            "pl": "Jeśli koniec nie zostanie zapisany, liczymy umówiony czas spotkania.",
            "ru": "Если окончание не отмечено, считаем, что встреча длилась столько, сколько "
            "назначено.",
        },
        "reason": {
            "en": "end not recorded",
            "pl": "brak zapisu zakończenia",
            "ru": "без отметки об окончании",
        },
    },
}
