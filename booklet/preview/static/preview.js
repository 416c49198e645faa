// The page of the preview: each view that comes by the stream of news is shown where it differs.
import { Screen } from "./screen.js";
import { Paper } from "./paper.js";
import { scrollTogether } from "./together.js";
import { tellLooked } from "./looked.js";

const byId = (id) => document.getElementById(id);
const screen = new Screen(byId("screen"));
const paper = new Paper(byId("paper"));
const tell = tellLooked(paper);

function show(view) {
  say(view.status);
  list(byId("faults"), view.faults);
  list(byId("words"), view.words);
  byId("words-title").textContent = `Words to look at: ${view.words.length}`;
  byId("screen-old").hidden = !(view.screen && view.screenIsOld);
  byId("paper-old").hidden = !(view.set && view.pagesAreOld);
  byId("paper-old").textContent = view.sectionIsNew ? "Other pages follow" : "Older than the files";
  wait(view);
  byId("pdf").hidden = !view.set;
  byId("pdf").href = `/pages/${view.set}.pdf${location.search || defaults()}`;
  offer("booklet", view.booklets);
  offer("clinic", view.clinics);
  screen.show(view.screen);
  paper.show(view);
  tell();
}

/** What stands in the place of the printed pages until there are some. */
function wait({ set, faults }) {
  byId("paper-wait").hidden = Boolean(set);
  byId("paper-wait").textContent = faults.length
    ? "The pages are set as soon as what stands above is put right."
    : "The pages are being set. They will stand here.";
}

/** A status that is said only when it is another one. */
function say(words) {
  if (byId("status-words").textContent !== words) byId("status-words").textContent = words;
}

function list(panel, problems) {
  const items = problems.map((problem) => {
    const item = document.createElement("li"), place = document.createElement("b");
    place.className = "problems__place";
    place.textContent = problem.place;
    item.append(place, `: ${problem.severity}: `, ...coded(problem.message));
    return item;
  });
  panel.querySelector("ul").replaceChildren(...items);
  panel.hidden = items.length === 0;
}

/** Words with what is typed, which stands between backquotes, as code. */
function coded(words) {
  return words.split("`").map((piece, number) => {
    if (number % 2 === 0) return piece;
    const code = document.createElement("code");
    code.textContent = piece;
    return code;
  });
}

/** Names that have come since are offered too; those that went stay until another is chosen. */
function offer(field, names) {
  const select = document.querySelector(`select[name=${field}]`);
  const known = new Set([...select.options].map((option) => option.value));
  for (const name of names) if (!known.has(name)) select.add(new Option(name, name));
}

/** The choice as the chooser says it, for an address that says none. */
function defaults() {
  return "?" + new URLSearchParams(new FormData(byId("choice")));
}

if (!location.search) history.replaceState(null, "", defaults());
byId("choice").addEventListener("change", () => byId("choice").requestSubmit());
scrollTogether(screen, paper, byId("together"));


// A browser has six connections for all its pages of the preview, and each stream of news takes one.
const others = new BroadcastChannel("preview");
let news = null;

/** Listen to the news; other pages that are out of sight let go of theirs. */
function listen() {
  others.postMessage("listening");
  if (news) return;
  news = new EventSource(`/events${location.search}`);
  news.onmessage = (message) => show(JSON.parse(message.data));
  news.onerror = () => say("The preview has ended. Start it again to go on.");
}

function letGo() {
  news?.close();
  news = null;
}

others.onmessage = () => document.hidden && letGo();
document.addEventListener("visibilitychange", () => document.hidden || listen());
addEventListener("pagehide", letGo);
listen();
