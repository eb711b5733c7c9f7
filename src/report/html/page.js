"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (id) => document.getElementById(id);
  const find = $("find"), consumer = $("consumer"), clear = $("clear"), shown = $("shown"), theme = $("theme");
  const buttons = [...document.querySelectorAll("button[data-verdict]")];
  const links = [...document.querySelectorAll("a[data-op]")];
  const groups = [...document.querySelectorAll("section.op")].map((element) => ({ element, id: element.id, cards: [], hidden: false }));
  const cards = [];
  for (const group of groups) {
    for (const element of group.element.getElementsByTagName("article")) {
      const card = { element, verdict: element.dataset.verdict, consumers: element.dataset.consumers || "", text: null, on: true, hidden: false };
      group.cards.push(card);
      cards.push(card);
    }
  }
  const words = (card) => {
    if (card.text === null) {
      const [title, meta] = card.element.children;
      card.text = (title.textContent + "\n" + meta.textContent + "\n" + card.element.id).toLowerCase();
    }
    return card.text;
  };
  let state = { verdicts: new Set(), op: "" };

  const apply = () => {
    const text = find.value.trim().toLowerCase();
    const who = consumer ? consumer.value : "";
    let count = 0;
    for (const group of groups) {
      const here = !state.op || state.op === group.id;
      let any = false;
      for (const card of group.cards) {
        card.on = here && (!state.verdicts.size || state.verdicts.has(card.verdict)) &&
          (!who || card.consumers.includes("\n" + who + "\n")) && (!text || words(card).includes(text));
        if (card.on) {
          any = true;
          count++;
        }
      }
      // The cards of a hidden group may stay as they are: touching fewer elements is what makes this fast.
      if (group.hidden === any) group.element.hidden = group.hidden = !any;
      if (!any) continue;
      for (const card of group.cards) {
        if (card.hidden === card.on) card.element.hidden = card.hidden = !card.on;
      }
    }
    const narrowed = text || who || state.op || state.verdicts.size;
    clear.hidden = !narrowed;
    shown.textContent = narrowed ? count + " of " + cards.length + " shown" : "";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(state.verdicts.has(button.dataset.verdict)));
    }
    for (const link of links) {
      if (link.dataset.op === state.op) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const query = new URLSearchParams();
    if (state.verdicts.size) query.set("verdict", [...state.verdicts].join(" "));
    if (state.op) query.set("op", state.op);
    if (who) query.set("consumer", who);
    if (text) query.set("find", find.value.trim());
    const hash = query.size ? "#?" + query : "";
    if (hash !== location.hash && (hash || location.hash.startsWith("#?"))) {
      history.replaceState(null, "", hash || location.pathname + location.search);
    }
  };

  const reset = () => {
    state = { verdicts: new Set(), op: "" };
    find.value = "";
    if (consumer) consumer.value = "";
    apply();
  };

  const read = () => {
    if (!location.hash.startsWith("#?")) {
      let id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch { /* as it is */ }
      const target = id && document.getElementById(id);
      if (!target) return;
      if (target.closest("[hidden]")) {
        const hash = location.hash;
        reset();
        history.replaceState(null, "", hash);
      }
      const folded = target.closest("details");
      if (folded) folded.open = true;
      target.scrollIntoView();
      return;
    }
    const query = new URLSearchParams(location.hash.slice(2));
    state.verdicts = new Set((query.get("verdict") || "").split(" ").filter((word) => buttons.some((button) => button.dataset.verdict === word)));
    state.op = query.get("op") || "";
    find.value = query.get("find") || "";
    if (consumer) consumer.value = query.get("consumer") || "";
    apply();
  };

  for (const button of buttons) {
    button.disabled = false;
    button.addEventListener("click", () => {
      const word = button.dataset.verdict;
      if (!state.verdicts.delete(word)) state.verdicts.add(word);
      apply();
    });
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      state.op = state.op === link.dataset.op ? "" : link.dataset.op;
      apply();
      const first = document.querySelector("section.op:not([hidden])");
      if (first) first.scrollIntoView();
    });
  }
  find.addEventListener("input", apply);
  if (consumer) consumer.addEventListener("change", apply);
  clear.addEventListener("click", reset);

  const themes = ["auto", "light", "dark"];
  const paint = (name) => {
    if (name === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = name;
    theme.textContent = "Theme: " + name;
  };
  let current = "auto";
  try { current = localStorage.getItem("contract-theme") || "auto"; } catch { /* nowhere to keep it */ }
  if (!themes.includes(current)) current = "auto";
  paint(current);
  theme.addEventListener("click", () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length];
    paint(current);
    try { localStorage.setItem("contract-theme", current); } catch { /* nowhere to keep it */ }
  });

  for (const button of document.querySelectorAll(".copy")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest(".copy");
    if (!button) return;
    const pre = button.parentElement.querySelector("pre");
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(pre);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });

  let here = null;
  const step = (by) => {
    const on = cards.filter((card) => card.on);
    if (!on.length) return;
    const at = on.findIndex((card) => card.element === here);
    const next = on[at < 0 ? (by > 0 ? 0 : on.length - 1) : Math.min(Math.max(at + by, 0), on.length - 1)];
    if (here) here.classList.remove("here");
    here = next.element;
    here.classList.add("here");
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "start" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") { reset(); find.blur(); }
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); find.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });

  // The words of all cards, read while nobody waits for them.
  let done = 0;
  const ahead = (deadline) => {
    while (done < cards.length && deadline.timeRemaining() > 1) words(cards[done++]);
    if (done < cards.length) requestIdleCallback(ahead);
  };
  if (window.requestIdleCallback) requestIdleCallback(ahead);

  const narrow = matchMedia("(max-width: 60rem)");
  if (narrow.matches) document.querySelector(".tree details").open = false;
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
  addEventListener("hashchange", read);
  read();
})();
