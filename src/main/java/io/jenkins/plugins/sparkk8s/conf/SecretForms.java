package io.jenkins.plugins.sparkk8s.conf;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** How one secret value can look in a text: as it is, line by line, escaped, or inside the base64 of something larger. */
final class SecretForms {
    /** Shorter lines of a longer value say little, and turn up everywhere. */
    private static final int SHORTEST_LINE = 8;

    private static final int SHORTEST_BASE64 = 8;
    private static final int BITS_OF_BASE64 = 6;
    private static final Pattern ESCAPED_IN_PROPERTIES = Pattern.compile("[:=#!\\\\]");

    private SecretForms() {}

    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        forms.add(value.strip());
        value.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(forms::add);
        String inProperties =
                ESCAPED_IN_PROPERTIES.matcher(value).replaceAll("\\\\$0").replace("\n", "\\n");
        forms.add(inProperties);
        forms.add(inJson(value));
        forms.add(inJson(inProperties));
        addBase64(value, forms);
        addBase64(inProperties, forms);
        return forms;
    }

    private static String inJson(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** What a value contributes to the base64 of a text around it depends on its place modulo three; see RFC 4648. */
    private static void addBase64(String value, Set<String> forms) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().encodeToString(shifted);
            int own = (before * Byte.SIZE + BITS_OF_BASE64 - 1) / BITS_OF_BASE64;
            int end = shifted.length * Byte.SIZE / BITS_OF_BASE64;
            if (end - own >= SHORTEST_BASE64) {
                forms.add(encoded.substring(own, end));
            }
        }
    }
}
