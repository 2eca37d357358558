package io.jenkins.plugins.sparkk8s.jenkins.history;

/** What the applications of different builds have in common that are the same one, run again. */
final class SeriesName {
    private SeriesName() {}

    /**
     * The name, with {@code #} for the number of its build where that stands alone: {@code daily-17} of build 17 and
     * {@code daily-18} of build 18 are compared with each other.
     *
     * @param name null stays null
     */
    static String of(String name, int build) {
        if (name == null) {
            return null;
        }
        String number = String.valueOf(build);
        StringBuilder series = new StringBuilder();
        int from = 0;
        for (int at = name.indexOf(number); at >= 0; at = name.indexOf(number, at + 1)) {
            int end = at + number.length();
            if (at >= from && isEdge(name, at - 1) && isEdge(name, end)) {
                series.append(name, from, at).append('#');
                from = end;
            }
        }
        return series.append(name, from, name.length()).toString();
    }

    private static boolean isEdge(String name, int at) {
        return at < 0 || at >= name.length() || !Character.isLetterOrDigit(name.charAt(at));
    }
}
