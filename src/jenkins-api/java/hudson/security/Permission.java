package hudson.security;

public final class Permission {
    private final String name;

    /** For the declarations only. */
    public Permission(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
