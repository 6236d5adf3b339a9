// What is done in the week: a time dragged elsewhere, a new one drawn. Whatever costs something
// leads to its page first, where the cost is said before the button.
"use strict";

(() => {
  const place = document.getElementById("week");
  const dialog = document.getElementById("week-new");
  if (!place) return;

  const wall = (text) => text.slice(0, 16);
  const say = (start, end) => {
    const day = new Intl.DateTimeFormat(place.dataset.locale, {
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

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
    if (event.target.closest("[data-book]")) {
      const [day, clock] = wall(dialog.querySelector("[name=start]").value).split("T");
      location.href = `${place.dataset.people}?day=${day}&clock=${clock}`;
    }
  });

  window.weekActs = { move, choose };
})();
