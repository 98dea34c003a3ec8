// What pages do beside links and forms: cards and their words light up together, and judging by key.
"use strict";

function lightUp(cards) {
  document.querySelectorAll(".on").forEach((each) => each.classList.remove("on"));
  for (const card of cards) {
    document.querySelectorAll(`[data-card="${card}"]`).forEach((each) => each.classList.add("on"));
    document.querySelectorAll("[data-cards]").forEach((mark) => {
      if (mark.dataset.cards.split(" ").includes(card)) mark.classList.add("on");
    });
  }
}

function cardsOf(target) {
  const mark = target.closest?.("[data-cards]");
  if (mark) return mark.dataset.cards.split(" ").slice(0, 1);
  const card = target.closest?.("[data-card]");
  return card && card.dataset.card !== "-1" ? [card.dataset.card] : [];
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("mark[data-cards]");
  if (!mark || String(getSelection()).length) return;
  const card = document.querySelector(`[data-card="${mark.dataset.cards.split(" ")[0]}"]`);
  lightUp(cardsOf(mark));
  card?.scrollIntoView({ block: "nearest" });
});
for (const happening of ["mouseover", "focusin"]) {
  document.addEventListener(happening, (event) => {
    const cards = cardsOf(event.target);
    if (cards.length) lightUp(cards);
  });
}

// Offsets are in characters (code points), as the record counts them; the browser counts UTF-16 units.
function placeIn(stretch, node, units) {
  const before = document.createRange();
  before.selectNodeContents(stretch);
  if (stretch.contains(node)) before.setEnd(node, units);
  return Number(stretch.dataset.at) + Array.from(before.toString()).length;
}

function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = [...document.querySelectorAll("#text [data-at]")].filter((each) => range.intersectsNode(each));
  if (!inside.length) return null;
  const first = inside[0];
  const starts = first.contains(range.startContainer);
  const start = starts ? placeIn(first, range.startContainer, range.startOffset) : Number(first.dataset.at);
  const end = placeIn(inside.at(-1), range.endContainer, range.endOffset);
  return start < end ? [start, end] : null;
}

const NOTED = { w: "source", q: "cue" };

function say(words) {
  document.getElementById("chosen").textContent = words;
}

function note(form, role) {
  const span = selectedSpan();
  if (!span) return say("Select the words in the text first.");
  form.elements[role].value = JSON.stringify([span]);
  getSelection().removeAllRanges();
  say("Noted; c sends what is noted.");
}

function correct(form) {
  const span = selectedSpan();
  if (span) form.elements.content.value = JSON.stringify([span]);
  const noted = ["content", "source", "cue", "speaker", "act"].some((name) => form.elements[name].value);
  if (noted) return form.querySelector('[value="correct"]').click();
  say("Select the right words in the text, or choose what to correct, then press c.");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const form = document.getElementById("verdict");
  if (event.key === "Escape" && form?.contains(event.target)) return event.target.blur();
  if (event.target.closest("input, select, textarea")) return;
  const verdict = { a: "accept", r: "reject", s: "skip" }[event.key];
  const field = { p: "speaker", t: "act" }[event.key];
  if (event.key === "u") document.querySelector('#undo [value="withdraw"]')?.click();
  else if (!form) return;
  else if (verdict) form.querySelector(`[value="${verdict}"]`).click();
  else if (event.key === "c") correct(form);
  else if (NOTED[event.key]) note(form, NOTED[event.key]);
  else if (field) (event.preventDefault(), form.elements[field].focus());
  else if (event.key === "?") document.getElementById("keys").toggleAttribute("open");
});
