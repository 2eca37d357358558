package io.jenkins.plugins.sparkk8s.conf;

/** The unit of a size without a suffix; each is 1024 times the one before ({@code ByteUnit.java} of Spark). */
enum ByteUnit {
    BYTE("bytes"),
    KIB("KiB"),
    MIB("MiB"),
    GIB("GiB");

    private final String label;

    ByteUnit(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
