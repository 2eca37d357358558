package jenkins.util;

public final class SetContextClassLoader implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    public SetContextClassLoader(Class<?> type) {
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
    }
}
