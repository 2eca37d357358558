/*
 * Keeps what is shown of Spark applications up to date for as long as there may be news: the boxes on a build page and the rows
 * of the page of all. The server renders both, by the templates that made the first ones; this script polls for them and adapts
 * the page. The templates escape all texts.
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

  /** Makes an element look like another, and leaves alone what is alike: a selection, the focus, opened details. */
  function adapt(shown, fresh) {
    if (shown.isEqualNode(fresh)) {
      return;
    }
    if (shown.nodeName !== fresh.nodeName) {
      shown.replaceWith(fresh);
      return;
    }
    if (shown.nodeType !== Node.ELEMENT_NODE) {
      shown.nodeValue = fresh.nodeValue;
      return;
    }
    if (shown.dataset.keep) {
      return;
    }
    Array.from(fresh.attributes)
      .filter((attribute) => attribute.name !== "open")
      .forEach((attribute) => {
        if (shown.getAttribute(attribute.name) !== attribute.value) {
          shown.setAttribute(attribute.name, attribute.value);
        }
      });
    const before = Array.from(shown.childNodes);
    const after = Array.from(fresh.childNodes);
    before.slice(after.length).forEach((child) => child.remove());
    after.forEach((child, index) => (before[index] ? adapt(before[index], child) : shown.append(child)));
  }

  /** A row of a timeline that has the focus or the pointer is described below it, since its tooltip needs a pointer. */
  function describeRow(event) {
    const row = event.target instanceof Element ? event.target.closest(".spark-timeline__bars") : null;
    if (row) {
      setText(
        row.closest(".spark-timeline").querySelector(".spark-timeline__hint"),
        row.getAttribute("aria-label"),
      );
    }
  }

  function byId(elements) {
    return new Map(Array.from(elements, (element) => [element.dataset.id, element]));
  }

  function showBoxes(root, answer) {
    root.dataset.empty = answer.dataset.empty;
    setText(
      root.querySelector(".spark-applications__heading"),
      answer.querySelector(".spark-applications__heading").textContent,
    );
    root.querySelector(".spark-applications__all").classList.toggle("jenkins-hidden", answer.dataset.several !== "true");
    const container = root.querySelector(".spark-applications__boxes");
    const known = byId(container.children);
    Array.from(answer.querySelectorAll(".spark-application")).forEach((fresh, index) => {
      const shown = known.get(fresh.dataset.id);
      known.delete(fresh.dataset.id);
      if (shown) {
        adapt(shown, fresh);
      }
      const box = shown || fresh;
      if (container.children[index] !== box) {
        container.insertBefore(box, container.children[index] || null);
      }
    });
    known.forEach((box) => box.remove());
  }

  function showRows(root, answer) {
    [".spark-applications__heading", ".spark-applications__not-kept"].forEach((name) =>
      setText(root.querySelector(name), answer.querySelector(name).textContent),
    );
    const table = root.querySelector(".spark-applications-table");
    const known = byId(table.tBodies[0].rows);
    const added = Array.from(answer.querySelectorAll(".spark-application-row")).filter((row) => {
      const shown = known.get(row.dataset.id);
      if (shown) {
        adapt(shown, row);
      }
      return !shown;
    });
    if (added.length > 0) {
      added.forEach((row) => table.tBodies[0].append(row));
      if (table.sortable) {
        table.sortable.refresh();
      }
    }
  }

  /** The first row that may change, or else the one that will come next. */
  function firstOpenRow(root) {
    const rows = Array.from(root.querySelectorAll(".spark-application-row"));
    const number = (row) => Number(row.dataset.number);
    const open = rows.filter((row) => row.dataset.settled !== "true").map(number);
    return open.length > 0
      ? open.reduce((a, b) => Math.min(a, b))
      : rows.map(number).reduce((a, b) => Math.max(a, b), 0) + 1;
  }

  function followBoxes(root) {
    follow(root, () => root.dataset.url, ".spark-applications-content", (answer) => {
      showBoxes(root, answer);
      return { active: answer.dataset.active === "true", busy: answer.dataset.busy === "true" };
    });
  }

  function followRows(root) {
    let next = null;
    follow(root, () => root.dataset.url + (next || firstOpenRow(root)) + "/", ".spark-applications-rows", (answer) => {
      showRows(root, answer);
      next = answer.dataset.next;
      return { active: next || answer.dataset.active === "true", busy: next || answer.dataset.busy === "true" };
    });
  }

  /**
   * Asks again and again.
   *
   * @param url gives the URL to ask
   * @param selector finds the element of an answer; an answer without it, such as a login page, is the last
   * @param show shows that element, and returns whether there may be more (active) and whether soon (busy)
   */
  function follow(root, url, selector, show) {
    let failures = 0;

    function next(millis) {
      setTimeout(() => whenVisible(refresh), millis);
    }

    function again() {
      failures += 1;
      next(Math.min(BUSY_MILLIS * 2 ** failures, LONGEST_MILLIS));
    }

    function refresh() {
      fetch(url(), { cache: "no-store", headers: { Accept: "text/html" } })
        .then((response) => {
          if ([401, 403, 404].includes(response.status)) {
            return null;
          }
          if (!response.ok) {
            throw new Error("HTTP " + response.status);
          }
          return response.text();
        })
        .then((text) => {
          const answer =
            text === null ? null : new DOMParser().parseFromString(text, "text/html").querySelector(selector);
          if (!answer) {
            return;
          }
          const news = show(answer);
          failures = 0;
          if (news.active) {
            next(news.busy ? BUSY_MILLIS : IDLE_MILLIS);
          }
        })
        .catch(again);
    }

    next(root.dataset.busy === "true" ? BUSY_MILLIS : IDLE_MILLIS);
  }

  function start() {
    document.addEventListener("focusin", describeRow);
    document.addEventListener("pointerover", describeRow);
    document.querySelectorAll(".spark-applications[data-active='true']").forEach(followBoxes);
    document.querySelectorAll(".spark-applications-page[data-active='true']").forEach(followRows);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
