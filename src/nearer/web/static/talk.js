// The conversation as a window that scrolls: pages are fetched as they come near, and far ones are let go, so that a
// hundred thousand messages weigh no more than a few hundred. Without this script there are links to earlier and later.
(function () {
  "use strict";
  const KEEP = 6;
  const box = document.getElementById("talkbox");
  if (!box) return;
  const base = "/read/" + box.dataset.case;
  const pages = document.getElementById("pages");
  const show = document.getElementById("show");
  const words = document.getElementById("words");
  const where = document.getElementById("where");
  const panel = document.getElementById("panel");
  const body = document.getElementById("panelbody");
  const number = new Intl.NumberFormat("en");
  let busy = false;
  let asked = 0;
  let opener = null;

  document.getElementById("turn").hidden = true;
  document.getElementById("showgo").hidden = true;
  words.hidden = words.previousElementSibling.hidden = false;
  pages.classList.add("window");

  function fetchPage(at) {
    if (words.value.trim()) {
      return nearer.post(base + "/find", { show: show.value, words: words.value, offset: at.offset || 0 });
    }
    return fetch(base + "/talk?" + new URLSearchParams({ show: show.value, ...at }), { headers: { "HX-Request": "true" } });
  }

  async function load(at) {
    const answer = await fetchPage(at);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content.firstElementChild;
  }

  async function fresh(at) {
    const mine = ++asked;
    const chunk = await load(at);
    if (mine !== asked) return;
    pages.replaceChildren(chunk);
    pages.scrollTop = 0;
    tell();
    settle();
  }

  function tell() {
    const first = pages.firstElementChild.dataset;
    where.textContent = Number(first.total) ? number.format(seen()) + " of " + number.format(Number(first.total)) : "None";
  }

  // The number, in the filtered list, of the message at the top of the window.
  function seen() {
    const top = pages.getBoundingClientRect().top;
    for (const chunk of pages.children) {
      if (chunk.getBoundingClientRect().bottom <= top + 4) continue;
      const lines = chunk.querySelectorAll(".line");
      for (let i = 0; i < lines.length; i++) {
        if (lines[i].getBoundingClientRect().bottom > top + 4) return Number(chunk.dataset.first) + i;
      }
    }
    return Number(pages.lastElementChild.dataset.last);
  }

  async function settle() {
    if (busy) return;
    busy = true;
    const mine = asked;
    try {
      const near = pages.clientHeight * 2;
      const last = pages.lastElementChild;
      const first = pages.firstElementChild;
      if (last.dataset.after && pages.scrollHeight - pages.scrollTop - pages.clientHeight < near) {
        const chunk = await load({ offset: last.dataset.after });
        if (mine !== asked) return;
        pages.append(chunk);
        while (pages.children.length > KEEP) {
          const gone = pages.firstElementChild.offsetHeight;
          const before = pages.scrollTop;
          pages.firstElementChild.remove();
          // Browsers that keep the view in place by themselves have done so already.
          if (pages.scrollTop === before) pages.scrollTop = before - gone;
        }
      } else if (first.dataset.before !== "" && pages.scrollTop < near) {
        const chunk = await load({ offset: first.dataset.before });
        if (mine !== asked) return;
        // A first page may reach into the one that is there: keep only what comes before it.
        const over = Number(chunk.dataset.last) - Number(first.dataset.first) + 1;
        if (over > 0) {
          const lines = chunk.querySelectorAll(".line");
          for (let i = 0; i < over; i++) lines[lines.length - 1 - i].remove();
          chunk.dataset.last = String(Number(first.dataset.first) - 1);
        }
        const before = pages.scrollTop;
        const height = pages.scrollHeight;
        pages.prepend(chunk);
        if (pages.scrollTop === before) pages.scrollTop = before + pages.scrollHeight - height;
        while (pages.children.length > KEEP) pages.lastElementChild.remove();
      } else {
        return;
      }
    } finally {
      busy = false;
    }
    requestAnimationFrame(settle);
  }

  let waiting = false;
  pages.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; tell(); settle(); });
  }, { passive: true });

  show.addEventListener("change", () => fresh({ offset: 0 }));
  let timer;
  words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => fresh({ offset: 0 }), 250); });
  show.form.addEventListener("submit", (event) => { event.preventDefault(); fresh({ offset: 0 }); });

  // The timeline leads into the window.
  document.addEventListener("click", (event) => {
    const place = event.target.closest("a[data-at]");
    if (!place) return;
    event.preventDefault();
    show.value = "all";
    words.value = "";
    fresh({ at: place.dataset.at }).then(() => {
      document.getElementById("talk").scrollIntoView();
      pages.focus({ preventScroll: true });
    });
  });

  // A finding opens beside the talk; Escape closes it and goes back to the words.
  pages.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-finding]");
    if (!link) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    body.innerHTML = await answer.text();
    htmx.process(body);
    for (const other of pages.querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    opener = link;
    panel.hidden = false;
    const title = body.querySelector("h3");
    if (title) title.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  });
  function close() {
    panel.hidden = true;
    if (opener && opener.isConnected) { opener.removeAttribute("aria-current"); opener.focus({ preventScroll: true }); }
  }
  document.getElementById("panelclose").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) close(); });
  body.addEventListener("htmx:afterSwap", () => {
    const title = body.querySelector("h3");
    if (title) title.focus({ preventScroll: true });
  });

  tell();
  settle();
})();
