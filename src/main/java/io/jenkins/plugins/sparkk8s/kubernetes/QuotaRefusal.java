package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A refusal such as {@code exceeded quota: team, requested: cpu=1, used: cpu=4, limited: cpu=4}.
 *
 * @param requested by the object, by resource; empty when the message is of another form
 * @param limited what the quota allows in all, by resource
 */
record QuotaRefusal(Map<String, String> requested, Map<String, String> limited) {
    private static final Logger LOGGER = Logger.getLogger(QuotaRefusal.class.getName());

    static QuotaRefusal parse(String message) {
        return new QuotaRefusal(amounts(message, ", requested: "), amounts(message, ", limited: "));
    }

    /** Whether other objects of the namespace use what is missing: the quota itself is large enough. */
    boolean isTemporary() {
        return requested.entrySet().stream()
                .noneMatch(request -> isMore(request.getValue(), limited.get(request.getKey())));
    }

    String remedy() {
        return isTemporary()
                ? "Request less, wait until other pods have ended, or have the quota raised."
                : "The quota is smaller than this one request. Ask for less, or have the quota raised.";
    }

    /** The pairs behind a word, up to the next word. */
    private static Map<String, String> amounts(String message, String word) {
        Map<String, String> amounts = new TreeMap<>();
        int start = message.indexOf(word);
        if (start < 0) {
            return amounts;
        }
        for (String pair : message.substring(start + word.length()).split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0 || pair.indexOf(':') >= 0) {
                break;
            }
            amounts.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return amounts;
    }

    private static boolean isMore(String request, String limit) {
        Optional<BigDecimal> most = amount(limit);
        return most.isPresent()
                && amount(request)
                        .filter(asked -> asked.compareTo(most.get()) > 0)
                        .isPresent();
    }

    private static Optional<BigDecimal> amount(String text) {
        try {
            return Optional.ofNullable(text).map(value -> new Quantity(value).getNumericalAmount());
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOGGER.log(Level.FINE, e, () -> "A quota has a value that is no quantity: " + text);
            return Optional.empty();
        }
    }
}
