package hudson.slaves;

import hudson.FilePath;
import java.io.File;

public final class WorkspaceList {
    public static FilePath tempDir(FilePath ws) {
        File workspace = new File(ws.getRemote());
        return workspace.getParent() == null ? null : new FilePath(new File(workspace.getPath() + "@tmp"));
    }
}
