/*
 * Fetches the charts of a job page when they come into view. The server renders them, by the templates of the page of its own; the
 * templates escape all texts.
 */
(function () {
  "use strict";

  function show(place, text) {
    const answer = new DOMParser().parseFromString(text, "text/html").querySelector(".spark-history-content");
    if (answer) {
      place.querySelector(".spark-history-place__content").replaceChildren(answer);
    }
  }

  /** When it fails, the link above still leads to the page of its own. */
  function load(place) {
    fetch(place.dataset.url, { cache: "no-store", headers: { Accept: "text/html" } })
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error("HTTP " + response.status))))
      .then((text) => show(place, text))
      .catch((failure) => console.warn("The Spark applications cannot be shown: " + failure.message));
  }

  function loadInView(place) {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        load(place);
      }
    });
    observer.observe(place);
  }

  function start() {
    document.querySelectorAll(".spark-history-place").forEach(loadInView);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
