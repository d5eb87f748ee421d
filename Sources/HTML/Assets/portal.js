// Comfort alone: every page does its work without this file.
"use strict";

(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  // What went wrong, or what was done, is read first.
  const first = document.getElementById("errors") || document.querySelector("[data-focus]");
  if (first) first.focus();

  // A link of the summary leads into its field, not only to it.
  all("#errors a").forEach((link) => {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
      (field.closest("fieldset") || label || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  });

  // Passwords are shown on request, and hidden again before they are sent.
  all("[data-reveals]").forEach((button) => {
    const field = document.getElementById(button.dataset.reveals);
    if (!field) return;
    const show = button.textContent;
    const set = (shown) => {
      field.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : show;
    };
    button.hidden = false;
    button.addEventListener("click", () => set(field.type === "password"));
    if (field.form) field.form.addEventListener("submit", () => set(false));
  });

  // A form is sent once.
  all("form[method=post]").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => { sent = false; }, 5000);
    });
  });

  // A file that is too large is told before it is sent; the server decides.
  all("input[type=file][data-bytes]").forEach((field) => {
    const note = document.createElement("p");
    note.className = "error";
    note.setAttribute("role", "status");
    field.after(note);
    const french = document.documentElement.lang === "fr";
    field.addEventListener("change", () => {
      const file = field.files[0];
      const limit = Number(field.dataset.bytes);
      const size = (bytes) => (bytes / 1048576).toLocaleString(french ? "fr-CA" : "en-CA", { maximumFractionDigits: 1 });
      if (!file || file.size <= limit) note.textContent = "";
      else if (french) note.textContent = `Ce fichier fait ${size(file.size)} Mo; la limite est de ${size(limit)} Mo.`;
      else note.textContent = `This file has ${size(file.size)} MB; the limit is ${size(limit)} MB.`;
    });
  });

  // The slider walks through the events; it acts when it is let go.
  all("[data-slides]").forEach((slider) => {
    const field = document.getElementById(slider.dataset.slides);
    if (!field) return;
    slider.hidden = false;
    slider.addEventListener("input", () => {
      field.value = slider.value;
      slider.setAttribute("aria-valuetext", `${slider.value} / ${slider.max}`);
    });
    slider.addEventListener("change", () => {
      const moment = slider.form && slider.form.querySelector("[type=datetime-local]");
      if (moment) moment.disabled = true;
      if (slider.form) slider.form.requestSubmit();
    });
    field.addEventListener("input", () => { slider.value = field.value; });
  });

  // The end of the session: warned of two minutes before, shared between tabs, and never prolonged by asking.
  const dialog = document.getElementById("session");
  if (dialog && dialog.showModal) {
    const status = dialog.querySelector("[role=status]");
    const stay = dialog.querySelector("[data-stay]");
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
    let end = Date.now() + Number(dialog.dataset.left) * 1000;
    let said = "";
    let asking = false;

    const say = (words) => {
      if (words !== said) status.textContent = said = words;
    };
    const prolong = (seconds) => {
      end = Date.now() + seconds * 1000;
      if (seconds > 120 && dialog.open) dialog.close();
      say("");
    };
    const tell = (seconds) => {
      prolong(seconds);
      if (tabs) tabs.postMessage(seconds);
    };
    if (tabs) tabs.addEventListener("message", (event) => prolong(Number(event.data)));
    if (tabs) tabs.postMessage(Number(dialog.dataset.left));

    // Another tab may have prolonged it while this one slept: the server knows.
    const ask = async () => {
      if (asking) return;
      asking = true;
      try {
        const answer = await fetch(dialog.dataset.state, { credentials: "same-origin", cache: "no-store" });
        const state = answer.ok ? await answer.json() : { secondsLeft: 0 };
        tell(state.secondsLeft);
        if (state.secondsLeft <= 0) location.reload();
      } catch (problem) {
        end += 20000;
      } finally {
        asking = false;
      }
    };

    stay.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await fetch(stay.action, {
        method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(stay)),
        headers: { Accept: "application/json" }
      });
      if (!answer.ok) { location.reload(); return; }
      tell((await answer.json()).secondsLeft);
    });

    setInterval(() => {
      const left = Math.round((end - Date.now()) / 1000);
      if (left <= 0) { ask(); return; }
      if (left > 120) return;
      if (!dialog.open) { dialog.showModal(); ask(); }
      if (left <= 20) say(status.dataset.seconds);
      else if (left <= 60) say(status.dataset.minute);
    }, 1000);
  }
})();
