/*
 * Keeps the boxes of Spark applications on a build page up to date for as long as the build goes on. Their texts are
 * written by strangers: they are only ever set as text.
 */
(function () {
  "use strict";

  const BUSY_MILLIS = 4000;
  const IDLE_MILLIS = 20000;
  const LONGEST_MILLIS = 60000;

  function setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  function makeBox(id) {
    const heading = element("div", "spark-application__heading");
    heading.append(
      element("span", "spark-application__title"),
      element("span", "spark-application__status jenkins-badge"),
    );
    const box = element("div", "spark-application");
    box.dataset.id = id;
    box.append(heading, element("dl", "spark-application__facts"));
    return box;
  }

  function isWebLink(href) {
    return typeof href === "string" && /^https?:\/\//i.test(href);
  }

  function fillValue(value, fact) {
    if (!isWebLink(fact.href)) {
      setText(value, fact.text);
      return;
    }
    let link = value.querySelector("a");
    if (!link) {
      link = document.createElement("a");
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      value.replaceChildren(link);
    }
    link.href = fact.href;
    setText(link, fact.text);
  }

  function fillFacts(list, facts) {
    while (list.children.length < 2 * facts.length) {
      list.append(document.createElement("dt"), document.createElement("dd"));
    }
    while (list.children.length > 2 * facts.length) {
      list.lastElementChild.remove();
    }
    facts.forEach((fact, index) => {
      setText(list.children[2 * index], fact.label);
      fillValue(list.children[2 * index + 1], fact);
    });
  }

  function fillBox(box, application) {
    box.dataset.style = application.style;
    setText(box.querySelector(".spark-application__title"), application.title);
    setText(box.querySelector(".spark-application__status"), application.status);
    fillFacts(box.querySelector(".spark-application__facts"), application.facts);
  }

  function show(root, overview) {
    setText(root.querySelector(".spark-applications__heading"), overview.heading || "");
    root.querySelector(".spark-applications__all").classList.toggle("jenkins-hidden", overview.boxes.length < 2);
    const container = root.querySelector(".spark-applications__boxes");
    const known = new Map(Array.from(container.children, (box) => [box.dataset.id, box]));
    overview.boxes.forEach((application, index) => {
      const box = known.get(application.id) || makeBox(application.id);
      known.delete(application.id);
      fillBox(box, application);
      if (container.children[index] !== box) {
        container.insertBefore(box, container.children[index] || null);
      }
    });
    known.forEach((box) => box.remove());
  }

  function whenVisible(action) {
    if (!document.hidden) {
      action();
      return;
    }
    const look = () => {
      if (!document.hidden) {
        document.removeEventListener("visibilitychange", look);
        action();
      }
    };
    document.addEventListener("visibilitychange", look);
  }

  function follow(root) {
    let failures = 0;

    function next(millis) {
      setTimeout(() => whenVisible(refresh), millis);
    }

    function again() {
      failures += 1;
      next(Math.min(BUSY_MILLIS * 2 ** failures, LONGEST_MILLIS));
    }

    function refresh() {
      fetch(root.dataset.url, { cache: "no-store", headers: { Accept: "application/json" } })
        .then((response) => {
          if ([401, 403, 404].includes(response.status)) {
            return null;
          }
          if (!response.ok) {
            throw new Error("HTTP " + response.status);
          }
          return response.json();
        })
        .then((overview) => {
          if (overview === null) {
            return;
          }
          failures = 0;
          show(root, overview);
          if (overview.active) {
            next(overview.busy ? BUSY_MILLIS : IDLE_MILLIS);
          }
        })
        .catch(again);
    }

    next(root.dataset.busy === "true" ? BUSY_MILLIS : IDLE_MILLIS);
  }

  function start() {
    document.querySelectorAll(".spark-applications[data-active='true']").forEach(follow);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
