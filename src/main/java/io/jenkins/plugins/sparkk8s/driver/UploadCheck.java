package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which files of an application must be uploaded, and whether there is a place for them. */
final class UploadCheck {
    /** An example of an identity: names made with it are as long as real ones. */
    private static final ApplicationIdentity EXAMPLE = new ApplicationIdentity(
            "spark-" + "0".repeat(32), "0".repeat(16), "0".repeat(16), "0".repeat(16), new UUID(0, 0).toString(), 0);

    private UploadCheck() {}

    /** @throws ConfigurationException when a file must be uploaded and there is no upload path */
    static void check(SparkApplication application, SubmitterEnvironment environment) {
        List<ResourceUri> files = localFiles(application, environment);
        boolean path = application
                .conf()
                .find(KubernetesOptions.FILE_UPLOAD_PATH)
                .filter(text -> !text.isBlank())
                .isPresent();
        if (!files.isEmpty() && !path) {
            throw new ConfigurationException(
                    "%s is not set, but these files must be uploaded for the driver: %s. Set it to a folder that driver and executors can read, such as s3a://bucket/folder, or name files in the image by local://."
                            .formatted(
                                    KubernetesOptions.FILE_UPLOAD_PATH.key(),
                                    files.stream().map(ResourceUri::location).collect(Collectors.joining(", "))));
        }
    }

    /** The application as it would be after an upload to nowhere: enough to go through every step. */
    static KubernetesDriverConf asIfUploaded(SparkApplication application, SubmitterEnvironment environment) {
        Map<String, String> inPlace = localFiles(application, environment).stream()
                .map(ResourceUri::location)
                .distinct()
                .collect(Collectors.toMap(location -> location, location -> location));
        return KubernetesDriverConf.of(application, EXAMPLE, new StagedArtifacts(inPlace, List.of(), 0), environment);
    }

    private static List<ResourceUri> localFiles(SparkApplication application, SubmitterEnvironment environment) {
        List<ResourceUri> files = new ArrayList<>();
        for (ConfigOption<List<String>> option : CoreOptions.FILE_LISTS) {
            application.conf().get(option).stream()
                    .map(entry -> ResourceUri.resolve(entry, environment.workingDirectory()))
                    .forEach(files::add);
        }
        if (application.mainResource() instanceof MainResource.PythonFile python) {
            files.add(python.file());
        }
        return files.stream().filter(ResourceUri::isSubmitterLocal).toList();
    }
}
