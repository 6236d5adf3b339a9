// Cal.com's own slot code, asked over standard input: one JSON line a question, one an answer.
//
// Run as `node calcom.mjs FOLDER`, where FOLDER holds the unpacked package and its node_modules.
// Their way from working hours and busy times to slots is `buildDateRanges`, `subtract`, `getSlots`;
// the last is not exported, so it is cut out of their file as it stands. No database, no network.

import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const ZONE = "Europe/Warsaw";
const [MINUTES, STEP, BUFFER] = [50, 15, 15];

// Their deployment patches dayjs to keep one formatter for each zone, which is three times as fast
// as making one at each call. The package does not bring the patch, so the same is done here.
const formatters = new Map();
const plain = Date.prototype.toLocaleString;
Date.prototype.toLocaleString = function (language, options) {
  if (!options?.timeZone || Object.keys(options).length > 1) {
    return plain.call(this, language, options);
  }
  const key = `${language} ${options.timeZone}`;
  if (!formatters.has(key)) {
    const [year, month, day, hour, minute, second] = Array(6).fill("numeric");
    const parts = { year, month, day, hour, minute, second };
    formatters.set(key, new Intl.DateTimeFormat(language, { ...options, ...parts }));
  }
  return formatters.get(key).format(this);
};

const folder = process.argv[2];
const load = (path) => import(pathToFileURL(`${folder}/${path}`));

/** Cut `getSlots` and what it calls out of their file, with the imports it needs. */
function cutSlots() {
  const text = readFileSync(`${folder}/package/dist/slots.js`, "utf8");
  const imports = text.match(/^import .*(buildDateRanges|getTimeZone|from "dayjs").*$/gm);
  const from = text.indexOf("const minimumOfOne");
  const until = text.indexOf("const getSlots$1");
  if (imports?.length !== 3 || from < 0 || until < from) {
    throw new Error("slots.js is not laid out as expected");
  }
  const ranges = imports.find((line) => line.includes("buildDateRanges")).match(/"(.*)"/)[1];
  const cut = [
    ...imports,
    `import { s as subtract } from "${ranges}";`,
    text.slice(from, until),
    "export { buildDateRanges, subtract, getSlots };",
  ];
  writeFileSync(`${folder}/package/dist/only-slots.js`, cut.join("\n"));
}

cutSlots();
const { default: dayjs } = await load("node_modules/dayjs/dayjs.min.js");
const { buildDateRanges, subtract, getSlots } = await load("package/dist/only-slots.js");

/** Answer one calendar; `busy` holds pairs of dates. */
function findSlots({ dateFrom, dateTo, availability, busy }) {
  const { dateRanges } = buildDateRanges({
    availability,
    timeZone: ZONE,
    dateFrom,
    dateTo,
    travelSchedules: [],
  });
  const busyTimes = busy.map(([start, end]) => ({
    start: dayjs(start).subtract(BUFFER, "minute"),
    end: dayjs(end).add(BUFFER, "minute"),
  }));
  return getSlots({
    inviteeDate: dateFrom,
    frequency: STEP,
    minimumBookingNotice: 0,
    dateRanges: subtract(dateRanges, busyTimes),
    eventLength: MINUTES,
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { first, last, opens, closes, busy, times } = JSON.parse(line);
  const question = {
    dateFrom: dayjs.tz(`${first} 00:00`, ZONE),
    dateTo: dayjs.tz(`${last} 00:00`, ZONE).add(1, "day"),
    availability: [
      {
        days: [1, 2, 3, 4, 5],
        startTime: new Date(Date.UTC(1970, 0, 1, opens)),
        endTime: new Date(Date.UTC(1970, 0, 1, closes)),
      },
    ],
    busy: busy.map((pair) => pair.map((seconds) => new Date(seconds * 1000))),
  };
  let slots = [];
  const milliseconds = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    slots = findSlots(question);
    milliseconds.push(performance.now() - began);
  }
  const starts = slots.map(({ time }) => time.valueOf() / 1000);
  console.log(JSON.stringify({ milliseconds, starts }));
}
