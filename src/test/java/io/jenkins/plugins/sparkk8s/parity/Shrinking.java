package io.jenkins.plugins.sparkk8s.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a configuration that shows a difference as small as it can be: keys go as long as there still is one. */
final class Shrinking {

    /** Gives the differences that a case shows. */
    @FunctionalInterface
    interface Check {
        List<String> differences(ParityCase parityCase) throws IOException, InterruptedException;
    }

    private final Check check;

    Shrinking(Check check) {
        this.check = check;
    }

    ParityCase shrink(ParityCase failing) throws IOException, InterruptedException {
        ParityCase smallest = failing;
        for (String key : List.copyOf(failing.conf().keySet())) {
            Map<String, String> fewer = new LinkedHashMap<>(smallest.conf());
            fewer.remove(key);
            smallest = ifStillFailing(fewer, smallest.application(), smallest);
        }
        List<String> application = new ArrayList<>(smallest.application().subList(0, 1));
        return ifStillFailing(smallest.conf(), application, smallest);
    }

    private ParityCase ifStillFailing(Map<String, String> conf, List<String> application, ParityCase otherwise)
            throws IOException, InterruptedException {
        ParityCase smaller = ParityCase.ofConf(otherwise.name(), conf, application);
        return check.differences(smaller).isEmpty() ? otherwise : smaller;
    }
}
