
"use strict";
// Filters the findings. Without this script all of them are shown.
(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const boxes = [...filter.querySelectorAll("input[type=checkbox]")];
  const rule = document.getElementById("rule");
  const text = document.getElementById("text");
  const shown = document.getElementById("shown");
  const sections = [...document.querySelectorAll("section.findings")].map((section) => ({
    section,
    cards: [...section.querySelectorAll("article")].map((card) => ({ card, text: null })),
  }));
  const total = sections.reduce((sum, { cards }) => sum + cards.length, 0);
  const has = (entry, words) => {
    // Only read when somebody looks for something: it takes long for thousands.
    entry.text ??= entry.card.textContent.toLowerCase();
    return words.every((word) => entry.text.includes(word));
  };
  const apply = () => {
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { section, cards } of sections) {
      let any = false;
      for (const entry of cards) {
        const { level, rule: id } = entry.card.dataset;
        const is = levels.has(level) && (!rule.value || rule.value === id) && has(entry, words);
        entry.card.hidden = !is;
        any ||= is;
        count += is;
      }
      section.hidden = !any;
    }
    shown.textContent = count === total ? `${total} shown` : `${count} of ${total} shown`;
  };
  // A link to one finding leads there, whatever is filtered.
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) {
      for (const box of boxes) box.checked = true;
      rule.value = text.value = "";
      apply();
      target.scrollIntoView();
    }
  };
  filter.addEventListener("input", apply);
  window.addEventListener("hashchange", follow);
  filter.hidden = false;
  apply();
  follow();
})();
