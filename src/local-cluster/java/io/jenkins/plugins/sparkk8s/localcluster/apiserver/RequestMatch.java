package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.regex.Pattern;

/**
 * Which requests a fault is for.
 *
 * @param verb a verb of access rules, such as {@code create} or {@code watch}; {@code "*"} for all
 * @param resource a plural name, with the sub-resource if any, such as {@code pods} or {@code pods/log}; {@code "*"} for
 *     all
 * @param name what the object's whole name must match; for a list or watch the name is empty
 */
public record RequestMatch(String verb, String resource, Pattern name) {

    /** Requests of any name. */
    public static RequestMatch of(String verb, String resource) {
        return of(verb, resource, ".*");
    }

    /** Requests whose object has a name of that form. */
    public static RequestMatch of(String verb, String resource, String nameRegex) {
        return new RequestMatch(verb, resource, Pattern.compile(nameRegex));
    }

    boolean fits(String actualVerb, String actualResource, String actualName) {
        return (verb.equals("*") || verb.equals(actualVerb))
                && (resource.equals("*") || resource.equals(actualResource))
                && name.matcher(actualName).matches();
    }
}
