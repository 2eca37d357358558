package hudson.model;

import org.springframework.security.core.Authentication;

public class Queue {
    public interface Task extends ModelObject {
        default Authentication getDefaultAuthentication2() {
            return null;
        }
    }
}
