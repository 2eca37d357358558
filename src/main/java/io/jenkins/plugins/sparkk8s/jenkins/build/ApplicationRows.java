package io.jenkins.plugins.sparkk8s.jenkins.build;

import java.util.List;

/**
 * What keeps the page of all applications up to date: some rows of it, as HTML, since the page's own template makes
 * them. Public only because pages are rendered by reflection.
 */
public final class ApplicationRows {
    /** How many rows one answer has at most; more rows need another request. */
    static final int MOST_ROWS = 100;

    private final ApplicationOverview overview;
    private final List<ApplicationBox> rows;
    private final boolean more;

    /** @param from the number of the first row; numbers of rows that are not there, or no longer, are passed over */
    ApplicationRows(ApplicationOverview overview, int from) {
        List<ApplicationBox> wanted = overview.getAll().stream()
                .filter(box -> box.getNumber() >= from)
                .toList();
        this.overview = overview;
        this.rows = wanted.subList(0, Math.min(MOST_ROWS, wanted.size()));
        this.more = rows.size() < wanted.size();
    }

    public ApplicationOverview getOverview() {
        return overview;
    }

    public List<ApplicationBox> getRows() {
        return rows;
    }

    /** Where the next answer continues; null when this one has the last row. */
    public Integer getNext() {
        return more ? rows.get(rows.size() - 1).getNumber() + 1 : null;
    }
}
