"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("live");

  // Where the page scrolls along with the words it leaves alone who has just scrolled themselves.
  const LEFT_ALONE_MS = 4000;
  let scrolledAt = -LEFT_ALONE_MS;
  const scrolled = () => { scrolledAt = performance.now(); };
  addEventListener("wheel", scrolled, { passive: true });
  addEventListener("touchmove", scrolled, { passive: true });
  addEventListener("keydown", (event) => {
    if (["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"].includes(event.key)) scrolled();
  });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };

  const players = new Map();

  class Player {
    constructor(article) {
      this.article = article;
      this.audio = article.querySelector("audio");
      this.length = Number(this.audio.dataset.length);
      this.button = article.querySelector(".play");
      this.says = this.button.querySelector(".says");
      this.clock = article.querySelector(".clock");
      this.place = article.querySelector(".place");
      this.head = article.querySelector(".head");
      this.transcript = article.querySelector(".transcript");
      this.words = this.transcript ? [...this.transcript.querySelectorAll("[data-s]")] : [];
      this.starts = this.words.map((word) => Number(word.dataset.s));
      this.now = -1;
      this.here = -1;
      this.wire();
    }

    wire() {
      const { audio } = this;
      this.article.querySelector(".controls").hidden = false;
      if (this.place) this.place.hidden = this.head.hidden = false;
      this.button.addEventListener("click", () => this.toggle());
      this.article.querySelector("select").addEventListener("change", (event) => {
        audio.playbackRate = Number(event.target.value);
      });
      if (this.place) this.place.addEventListener("input", () => this.seek(Number(this.place.value)));
      audio.addEventListener("play", () => this.began());
      audio.addEventListener("pause", () => this.stopped());
      audio.addEventListener("ended", () => this.stopped());
      for (const type of ["timeupdate", "seeked"]) {
        audio.addEventListener(type, () => this.show());
      }
      audio.addEventListener("error", () => {
        this.article.querySelector(".fails").hidden = false;
        this.article.querySelector(".controls").hidden = true;
      });
      if (this.words.length) this.wireWords();
      this.show();
    }

    wireWords() {
      const { transcript } = this;
      transcript.tabIndex = 0;
      transcript.setAttribute("role", "group");
      transcript.setAttribute("aria-label", transcript.dataset.label);
      transcript.addEventListener("click", (event) => {
        const word = event.target.closest("[data-s]");
        // Who marks some words to copy them wants to hear none.
        if (word && getSelection().isCollapsed) this.from(Number(word.dataset.s));
      });
      transcript.addEventListener("keydown", (event) => {
        if (event.target !== transcript || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === "ArrowRight") this.move(1);
        else if (event.key === "ArrowLeft") this.move(-1);
        else if (event.key === "Enter") this.from(this.starts[Math.max(0, this.here)]);
        else if (event.key === " ") this.toggle();
        else return;
        event.preventDefault();
      });
      transcript.addEventListener("blur", () => this.mark("here", -1));
    }

    toggle() {
      if (this.audio.paused) this.play();
      else this.audio.pause();
    }

    play() {
      this.audio.play().catch(() => {});
    }

    // Before anything is loaded this is where it will begin.
    seek(seconds) {
      this.audio.currentTime = seconds;
      this.show(seconds);
    }

    from(seconds) {
      this.seek(seconds);
      this.play();
    }

    began() {
      for (const other of players.values()) if (other !== this) other.audio.pause();
      this.article.classList.add("playing");
      this.says.textContent = this.says.dataset.pause;
      const tick = () => {
        if (this.audio.paused) return;
        this.show();
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    }

    stopped() {
      this.article.classList.remove("playing");
      this.says.textContent = this.says.dataset.play;
      this.show();
    }

    show(at = this.audio.currentTime) {
      const { length } = this;
      const text = `${clock(at)} ${this.clock.dataset.of} ${clock(length)}`;
      if (this.clock.textContent !== text) {
        this.clock.textContent = text;
        if (this.place) this.place.setAttribute("aria-valuetext", text);
      }
      if (this.place) {
        this.place.value = String(at);
        this.head.style.left = `${length ? Math.min(100, (100 * at) / length) : 0}%`;
      }
      this.follow(at);
    }

    follow(at) {
      const found = this.audio.paused && at === 0 ? -1 : this.wordAt(at);
      if (found === this.now) return;
      this.mark("now", found);
      if (found < 0 || this.audio.paused || performance.now() - scrolledAt < LEFT_ALONE_MS) return;
      const box = this.words[found].getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) {
        this.words[found].scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
      }
    }

    // The last word that has begun; -1 before the first.
    wordAt(at) {
      let [low, high] = [0, this.starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.starts[middle] <= at + 0.02) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    }

    move(by) {
      const from = this.here >= 0 ? this.here : Math.max(0, this.now) - (by > 0 ? 1 : 0);
      const to = Math.min(this.words.length - 1, Math.max(0, from + by));
      this.mark("here", to);
      this.words[to].scrollIntoView({ block: "nearest" });
      told.textContent = `${this.words[to].textContent} ${clock(this.starts[to])}`;
    }

    mark(name, place) {
      if (this[name] >= 0) this.words[this[name]].classList.remove(name);
      this[name] = place;
      if (place >= 0) this.words[place].classList.add(name);
    }
  }

  // Says to a screen reader on which word one stands.
  const told = document.createElement("div");
  told.className = "unseen";
  told.setAttribute("aria-live", "polite");
  document.querySelector("main").append(told);

  for (const article of document.querySelectorAll(".answer")) {
    if (article.querySelector("audio")) players.set(article.id, new Player(article));
  }

  for (const link of document.querySelectorAll("a[data-at]")) {
    link.addEventListener("click", (event) => {
      const player = players.get(link.hash.slice(1));
      if (!player || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // From a note the page goes to the answer; a time beside the words leaves it where it is.
      if (player.article.contains(link)) event.preventDefault();
      player.from(Number(link.dataset.at));
    });
  }

  // On paper everything is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
