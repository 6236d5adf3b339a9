// The week as a calendar to drag in. Whatever costs something leads to its page first; the list
// below says the same to those who do not see the calendar, and is there without this script.
"use strict";

(() => {
  const place = document.getElementById("week");
  const list = document.getElementById("week-list");
  const views = document.querySelector("[data-week-views]");
  const dialog = document.getElementById("week-new");
  if (!place || !window.FullCalendar) return;

  const wall = (text) => text.slice(0, 16);
  const say = (start, end) => {
    const day = new Intl.DateTimeFormat(place.dataset.language, {
      weekday: "long", day: "numeric", month: "long", timeZone: "UTC",
    });
    return `${day.format(new Date(`${wall(start)}Z`))}, ${wall(start).slice(11)}–${wall(end).slice(11)}`;
  };

  const save = async (fields) => {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: place.dataset.token });
    const answer = await fetch(place.dataset.off, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  };

  const tell = (text) => {
    const said = document.createElement("p");
    said.className = "note";
    said.setAttribute("role", "alert");
    said.textContent = text;
    place.before(said);
    setTimeout(() => said.remove(), 10000);
  };

  const move = async (info) => {
    const { event } = info;
    if (event.extendedProps.kind === "off") {
      try {
        await save({ id: event.id, start: event.startStr, end: event.endStr });
      } catch {
        info.revert();
        tell(place.dataset.moved);
      }
      return;
    }
    info.revert();
    const [day, clock] = wall(info.event.startStr).split("T");
    location.href = `${info.oldEvent.extendedProps.move}?day=${info.day || day}&clock=${clock}`;
  };

  const choose = (info) => {
    dialog.querySelector("[name=start]").value = info.startStr;
    dialog.querySelector("[name=end]").value = info.endStr;
    dialog.querySelector("[data-span]").textContent = say(info.startStr, info.endStr);
    dialog.showModal();
  };

  // A phone shows a day, with buttons to the next; at first it shows the list.
  const isWide = () => matchMedia("(min-width: 46rem)").matches;
  const fit = () => ({
    view: isWide() ? "timeGridWeek" : "timeGridDay",
    toolbar: isWide() ? false : { start: "title", end: "prev,next" },
  });

  const calendar = new FullCalendar.Calendar(place, {
    initialView: fit().view,
    initialDate: place.dataset.monday > place.dataset.now.slice(0, 10)
      || place.dataset.now.slice(0, 10) > new Date(Date.parse(place.dataset.monday) + 6 * 864e5)
        .toISOString().slice(0, 10)
      ? place.dataset.monday : place.dataset.now.slice(0, 10),
    now: place.dataset.now,
    timeZone: "UTC",
    locale: place.dataset.language === "en" ? "en-GB" : place.dataset.language,
    firstDay: 1,
    headerToolbar: fit().toolbar,
    titleFormat: { weekday: "long", day: "numeric", month: "long" },
    buttonHints: { prev: place.dataset.prev, next: place.dataset.next },
    windowResize: () => {
      if (calendar.view.type === fit().view) return;
      calendar.setOption("headerToolbar", fit().toolbar);
      calendar.changeView(fit().view);
    },
    height: "auto",
    slotMinTime: "07:00:00",
    slotMaxTime: "22:00:00",
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    dayHeaderFormat: { weekday: "short", day: "numeric", month: "numeric" },
    allDaySlot: false,
    nowIndicator: true,
    expandRows: true,
    snapDuration: "00:15:00",
    longPressDelay: 350,
    selectable: true,
    selectMirror: true,
    eventOverlap: (still) => still.display === "background",
    editable: false,
    events: (info, done, failed) => {
      const asked = new URLSearchParams({ start: info.startStr, end: info.endStr });
      fetch(`${place.dataset.events}?${asked}`)
        .then((answer) => answer.json())
        .then((said) => {
          grow(said.events);
          done(said.events);
        })
        .catch(failed);
    },
    select: choose,
    eventDrop: move,
    eventResize: move,
  });

  // The hours of the night are shown only where something is in them.
  const grow = (events) => {
    const within = events.filter((each) => each.start.slice(0, 10) === each.end.slice(0, 10));
    const first = Math.min(7, ...within.map((each) => Number(each.start.slice(11, 13))));
    const last = Math.max(22, ...within.map((each) => Number(each.end.slice(11, 13)) + 1));
    calendar.setOption("slotMinTime", `${String(first).padStart(2, "0")}:00:00`);
    calendar.setOption("slotMaxTime", `${String(Math.min(24, last)).padStart(2, "0")}:00:00`);
  };

  const show = (which) => {
    place.hidden = which !== "grid";
    list.hidden = which === "grid";
    views.querySelectorAll("[data-show]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.show === which));
    });
    try {
      localStorage.setItem("week", which);
    } catch { /* A browser that keeps nothing shows the calendar each time. */ }
    if (which === "grid") calendar.render();
  };

  views.hidden = false;
  views.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) show(button.dataset.show);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
    if (event.target.closest("[data-book]")) {
      const [day, clock] = wall(dialog.querySelector("[name=start]").value).split("T");
      location.href = `${place.dataset.people}?day=${day}&clock=${clock}`;
    }
  });
  dialog.addEventListener("close", () => calendar.unselect());

  let wanted = isWide() ? "grid" : "list";
  try {
    wanted = localStorage.getItem("week") || wanted;
  } catch { /* As above. */ }
  show(wanted);
})();
