package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.Map;

/** A part of a step's arguments that stands for configuration keys. */
interface ConfSource {

    /** Adds the keys that this part stands for; what the user left out adds nothing. */
    void addTo(Map<String, String> conf);
}
