package hudson.model;

public abstract class Computer extends Actionable {
    public String getName() {
        return "";
    }
}
