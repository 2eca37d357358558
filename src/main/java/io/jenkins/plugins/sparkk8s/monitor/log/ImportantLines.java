package io.jenkins.plugins.sparkk8s.monitor.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which lines of a driver's log report a problem: messages of the levels WARN, ERROR and FATAL in the layouts that Spark and
 * Python use (one message a line, JSON included), and the stack trace behind one. What a program prints without a level is none,
 * but for an uncaught exception. Of very many within a minute the first are enough. Not thread-safe.
 */
final class ImportantLines {
    static final int MOST_A_MINUTE = 60;
    /** Lines of one stack trace. */
    static final int MOST_BEHIND = 40;

    /** Causes that are shown although they stand further behind: the last of them is the first that went wrong. */
    private static final int MOST_CAUSES = 10;

    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** How far into a line a level may stand: behind date, time and thread. */
    private static final int HEAD = 160;

    /** The level stands behind nothing but dates, times, brackets and names; a word of a sentence is none. */
    private static final Pattern LEVEL = Pattern.compile(
            "^[\\[(]?\\d[\\d/:.,T+\\-Z ]*[\\])]? ?(?:\\[[^\\]]*\\] ?|- [\\w.]+ - )?\\[?(WARN|WARNING|ERROR|FATAL|CRITICAL)\\b");

    private static final Pattern BARE_LEVEL = Pattern.compile("^\\[?(WARN|WARNING|ERROR|FATAL|CRITICAL)\\b\\]?[: ]");
    private static final Pattern JSON_LEVEL = Pattern.compile("\"level\" ?: ?\"(WARN|WARNING|ERROR|FATAL)\"");

    /** What Spark puts between the stack of a failed task and its own, behind an empty line. */
    private static final String DRIVER_STACK = "Driver stacktrace:";

    private static final String CAUSE = "Caused by: ";

    /** How a stack trace of Java, Scala or Python continues. */
    private static final Pattern TRACE = Pattern.compile(
            "^(\\s+at .*|\\s*\\.\\.\\. \\d+ (more|common frames omitted).*|\\s*Caused by: .*|\\s*Suppressed: .*"
                    + "|\\s+File \".*|    .*|Traceback \\(most recent call last\\):.*"
                    + "|" + DRIVER_STACK + "|[\\w.$]+(Exception|Error|Throwable|Failure|Interrupt)(: .*)?)$");

    private static final List<String> UNCAUGHT = List.of("Exception in thread ", "Traceback (most recent call last):");

    private boolean isBehind;
    private boolean isAfterBlank;
    private int behind;
    private int causes;
    private int thisMinute;
    private long minuteNanos = System.nanoTime();
    private long leftOut;

    /**
     * @param resumes whether the lines continue those of an earlier reader, whose last one may have been a problem
     */
    ImportantLines(boolean resumes) {
        this.isBehind = resumes;
    }

    /** The next line. @return whether it is one to be shown */
    boolean take(String text) {
        if (isMessage(text)) {
            isBehind = isWithinBudget();
            isAfterBlank = false;
            behind = 0;
            causes = 0;
            leftOut += isBehind ? 0 : 1;
            return isBehind;
        }
        return isBehind && isShownBehind(text);
    }

    private boolean isShownBehind(String text) {
        if (text.isBlank()) {
            isAfterBlank = true;
            return false;
        }
        isBehind = isAfterBlank
                ? text.equals(DRIVER_STACK)
                : TRACE.matcher(bounded(text)).matches();
        isAfterBlank = false;
        behind++;
        return isBehind && (behind <= MOST_BEHIND || text.startsWith(CAUSE) && ++causes <= MOST_CAUSES);
    }

    /**
     * How many problems have not been shown and not been counted here before, once it is time to say so; else 0.
     *
     * @param isLast whether it is time in any case
     */
    long leftOut(boolean isLast) {
        if (leftOut == 0 || !isLast && System.nanoTime() - minuteNanos < MINUTE_NANOS) {
            return 0;
        }
        long number = leftOut;
        leftOut = 0;
        return number;
    }

    private boolean isWithinBudget() {
        long now = System.nanoTime();
        if (now - minuteNanos >= MINUTE_NANOS && leftOut == 0) {
            minuteNanos = now;
            thisMinute = 0;
        }
        thisMinute++;
        return thisMinute <= MOST_A_MINUTE;
    }

    private static boolean isMessage(String text) {
        if (UNCAUGHT.stream().anyMatch(text::startsWith)) {
            return true;
        }
        String head = bounded(text);
        return LEVEL.matcher(head).find()
                || BARE_LEVEL.matcher(head).find()
                || text.startsWith("{") && JSON_LEVEL.matcher(text).find();
    }

    private static String bounded(String text) {
        return text.length() <= HEAD ? text : text.substring(0, HEAD);
    }
}
