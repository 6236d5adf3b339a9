// What a page needs of the browser: a key for search, the clocks of the device.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const search = document.querySelector("[data-search]");
  if (search) search.focus();
  else location.href = "/people/";
});

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) break; // Without it, one copies by hand.
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.textContent = button.dataset.done;
  });
}

// Times are shown on the clocks of the device, until its owner chooses others.
const times = document.querySelector("[data-zone]");
if (!document.cookie.includes("miedza_zone=")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `miedza_zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
  if (times && zone && zone !== times.dataset.zone && document.cookie.includes("miedza_zone=")) {
    location.reload();
  }
}
