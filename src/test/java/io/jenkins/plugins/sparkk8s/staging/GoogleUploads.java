package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.ServiceAccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A process that uploads with Google's client from a folder of connectors, and prints what came of it. */
final class GoogleUploads {
    private final String root;
    private final HadoopGateway gateway;

    private GoogleUploads(String root, String key) {
        this.root = root;
        HadoopSettings settings = new HadoopSettings(Map.of("fs.gs.project.id", "project"), null, false);
        this.gateway = new HadoopGateway(
                settings, new StorageAccess(new StorageLogin(root, new ServiceAccountKey(key)), settings));
    }

    /** @param args what to do ({@code upload}, {@code remove} or {@code race}), upload path, file with the account's key, folder of the files */
    public static void main(String[] args) throws Exception {
        GoogleUploads uploads = new GoogleUploads(args[1], Files.readString(Path.of(args[2])));
        Path folder = Path.of(args[3]);
        try {
            if (args[0].equals("race")) {
                uploads.race(folder);
            } else {
                uploads.upload(folder, args[0].equals("remove"));
            }
        } catch (StagingException e) {
            System.out.printf("%s: %s%n", e.isRefusal() ? "refused" : "failed", e.getMessage());
        }
        System.exit(0);
    }

    private void upload(Path folder, boolean remove) throws Exception {
        Path[] files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.sorted().toArray(Path[]::new);
        }
        StagedArtifacts[] staged = new StagedArtifacts[2];
        for (int i = 0; i < staged.length; i++) {
            staged[i] = new ArtifactUploader(gateway)
                    .upload(Applications.shared(Applications.identity(i), root, files), StagingListener.SILENT);
            System.out.println("bytes " + staged[i].bytes());
        }
        for (int i = 0; remove && i < staged.length; i++) {
            System.out.println("not removed " + new ArtifactUploader(gateway).delete(staged[i]));
        }
    }

    private void race(Path folder) throws Exception {
        UploadRace race = new UploadRace(gateway, root, folder);
        race.run(6);
        System.out.printf("checked %s, lost %s, left %s%n", race.checked, race.lost, race.left());
    }
}
