"use strict";
// Lines to write on become fields, kept in the browser of this device and sent nowhere. Where the
// browser keeps nothing, the lines stay as they are on paper.
(() => {
  const page = document.body, name = page.dataset.keptAs, notice = document.getElementById("kept");
  const read = () => JSON.parse(localStorage.getItem(name) || "{}");
  try { read(); } catch { return; }

  const called = new Map(); // how often a label was met, so that no two fields share a name
  const fields = [];

  // Read again before each change: the page may be open twice.
  function keep(id, value) {
    try {
      const all = read();
      if (value) all[id] = value; else delete all[id];
      localStorage.setItem(name, JSON.stringify(all));
    } catch {
      say(notice.dataset.failed);
    }
  }

  function say(words) {
    for (const each of document.querySelectorAll(".kept__said")) each.textContent = words;
  }

  function show(field, value) {
    if (field.type === "checkbox") field.checked = Boolean(value); else field.value = value || "";
  }

  // `label` names the field to those who do not see it, and in the record; `fact` is one that
  // several fields of the page ask for, which are filled in together.
  function field(kind, look, label, fact) {
    const made = document.createElement(kind), many = called.get(label) || 0;
    called.set(label, many + 1);
    const id = fact || (many ? `${label} (${many + 1})` : label);
    if (look === "tick") made.type = "checkbox"; else made.autocomplete = "off";
    made.className = `field field--${look}`;
    made.setAttribute("aria-label", label);
    show(made, read()[id]);
    fields.push([id, made]);
    made.addEventListener("input", () => {
      const value = look === "tick" ? (made.checked ? "yes" : "") : made.value;
      keep(id, value);
      for (const [other, twin] of fields) if (other === id && twin !== made) show(twin, value);
      ring();
    });
    return made;
  }

  const words = (element) => element.textContent.replace(/\s+/g, " ").replace(/:\s*$/, "").trim();

  function before(gap) { // the words of its line since the gap before it
    let said = "";
    for (let at = gap.previousSibling; at && !at.matches?.(".field, .details__gap"); at = at.previousSibling)
      said = at.textContent + said;
    return said.replace(/\s+/g, " ").trim();
  }

  for (const gap of [...document.querySelectorAll(".details__gap")])
    gap.replaceWith(field("input", "short", before(gap)));

  for (const rule of document.querySelectorAll(".details__rule")) {
    const line = rule.closest(".details__field");
    rule.replaceWith(field("input", "line", words(line.querySelector(".details__label")), line.dataset.fact));
  }

  for (const notes of document.querySelectorAll(".notes")) {
    const rules = [...notes.querySelectorAll(".notes__rule")];
    // A few lines are told apart from the section they stand in by what leads into them.
    const intro = notes.matches(".notes--short") && notes.querySelector(".notes__intro");
    const title = notes.closest(".section").querySelector(".section__title");
    const area = field("textarea", "notes", words(intro || title));
    area.rows = rules.length;
    rules.shift().replaceWith(area);
    for (const rule of rules) rule.remove();
  }

  for (const question of document.querySelectorAll(".questions__list > li")) {
    question.classList.add("questions__live");
    question.prepend(field("input", "tick", words(question)));
  }

  // One notice in each section that has fields to write in, below the block with the first.
  for (const section of document.querySelectorAll(".section")) {
    const first = section.querySelector(".field:not(.field--tick)")?.closest(".details, .notes");
    if (!first) continue;
    first.after(notice.content.cloneNode(true));
    const [button, said] = first.nextElementSibling.querySelectorAll(".kept__clear, .kept__said");
    button.addEventListener("click", () => {
      if (!confirm(notice.dataset.sure)) return;
      localStorage.removeItem(name);
      for (const [, each] of fields) show(each, "");
      ring();
      said.textContent = notice.dataset.cleared;
    });
  }

  // The clinic's line, once it is filled in, stands beside the number for emergencies.
  function ring() {
    const line = document.querySelector(".call__line");
    if (!line) return;
    const number = String(read().helpline || ""), digits = number.replace(/[^\d+]/g, "");
    const link = line.querySelector("a");
    line.hidden = digits.length < 3;
    link.textContent = number;
    if (line.hidden) link.removeAttribute("href"); else link.href = `tel:${digits}`;
  }
  ring();
})();
