package hudson.util;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

public abstract class FormValidation extends IOException {
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation ok() {
        return of(Kind.OK, null);
    }

    public static FormValidation ok(String message) {
        return of(Kind.OK, message);
    }

    public static FormValidation warning(String message) {
        return of(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return of(Kind.ERROR, message);
    }

    public static FormValidation aggregate(Collection<FormValidation> validations) {
        return of(
                validations.stream()
                        .map(validation -> validation.kind)
                        .max(Comparator.naturalOrder())
                        .orElse(Kind.OK),
                validations.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }

    private static FormValidation of(Kind kind, String message) {
        return new FormValidation(kind, message) {};
    }
}
