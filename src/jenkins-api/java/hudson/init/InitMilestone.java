package hudson.init;

public enum InitMilestone {
    PLUGINS_STARTED
}
