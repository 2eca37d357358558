package hudson.model;

public class Executor extends Thread {
    public static Executor currentExecutor() {
        return null;
    }
}
