// The week as a calendar to drag in; the list below it says the same to those who do not see it,
// and is there without this script.
"use strict";

(() => {
  const place = document.getElementById("week");
  const list = document.getElementById("week-list");
  const views = document.querySelector("[data-week-views]");
  const dialog = document.getElementById("week-new");
  if (!place || !window.FullCalendar) return;

  // A phone shows a day, with buttons to the next; at first it shows the list.
  const isWide = () => matchMedia("(min-width: 46rem)").matches;
  const fit = () => ({
    view: isWide() ? "timeGridWeek" : "timeGridDay",
    toolbar: isWide() ? false : { start: "title", end: "prev,next" },
  });

  // The picture on a button is not to be told: the button's own words say what it does.
  const hush = () => place.querySelectorAll(".fc-icon[role]").forEach((icon) => {
    icon.removeAttribute("role");
    icon.setAttribute("aria-hidden", "true");
  });

  const calendar = new FullCalendar.Calendar(place, {
    initialView: fit().view,
    initialDate: place.dataset.first,
    now: place.dataset.now,
    timeZone: "UTC",
    locale: place.dataset.locale,
    firstDay: 1,
    headerToolbar: fit().toolbar,
    titleFormat: { weekday: "long", day: "numeric", month: "long" },
    buttonHints: { prev: place.dataset.prev, next: place.dataset.next },
    windowResize: () => {
      if (calendar.view.type === fit().view) return;
      calendar.setOption("headerToolbar", fit().toolbar);
      calendar.changeView(fit().view);
      hush();
    },
    datesSet: (info) => {
      hush();
      const day = info.startStr.slice(0, 10); // A phone goes from day to day, and beyond the week.
      if (day < place.dataset.monday || day >= place.dataset.after) location.assign(`?from=${day}`);
    },
    height: "auto",
    slotMinTime: "07:00:00",
    slotMaxTime: "22:00:00",
    defaultRangeSeparator: "–",
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
    select: window.weekActs.choose,
    eventDrop: window.weekActs.move,
    eventResize: window.weekActs.move,
  });

  // The hours of the night are shown only where something is in them.
  const grow = (events) => {
    const isOne = (each) => each.start.slice(0, 10) === each.end.slice(0, 10);
    const shown = events.filter((each) => isOne(each) || each.extendedProps.kind === "meeting");
    const hour = (text) => Number(text.slice(11, 13));
    const first = Math.min(7, ...shown.map((each) => (isOne(each) ? hour(each.start) : 0)));
    const last = Math.max(22, ...shown.map((each) => (isOne(each) ? hour(each.end) + 1 : 24)));
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
  dialog.addEventListener("close", () => calendar.unselect());

  let wanted = isWide() ? "grid" : "list";
  try {
    wanted = localStorage.getItem("week") || wanted;
  } catch { /* As above. */ }
  show(wanted);
})();
