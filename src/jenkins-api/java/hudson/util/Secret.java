package hudson.util;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

public final class Secret implements Serializable {
    /** Not readable where it is written down; Jenkins encrypts it. */
    private final String hex;

    private Secret(String plainText) {
        this.hex = HexFormat.of().formatHex(plainText.getBytes(StandardCharsets.UTF_8));
    }

    public static Secret fromString(String data) {
        return new Secret(data == null ? "" : data);
    }

    public String getPlainText() {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    public static String toString(Secret secret) {
        return secret == null ? null : secret.getPlainText();
    }
}
