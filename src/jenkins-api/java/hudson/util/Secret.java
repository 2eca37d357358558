package hudson.util;

import java.io.Serializable;

public final class Secret implements Serializable {
    private final String plainText;

    private Secret(String plainText) {
        this.plainText = plainText;
    }

    public static Secret fromString(String data) {
        return new Secret(data == null ? "" : data);
    }

    public String getPlainText() {
        return plainText;
    }

    public static String toString(Secret secret) {
        return secret == null ? null : secret.plainText;
    }
}
