package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.application.*;
import io.jenkins.plugins.sparkk8s.conf.*;
import io.jenkins.plugins.sparkk8s.driver.*;
import io.jenkins.plugins.sparkk8s.staging.*;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

public final class InProcessCommand {
    private InProcessCommand() {}

    public static Optional<String> run(List<String> arguments, Map<String, String> variables, Path directory)
            throws InterruptedException {
        try {
            SubmitOptions options = new SubmitOptions();
            new CommandLine(options).setStopAtPositional(true).setOverwrittenOptionsAllowed(true).parseArgs(arguments.toArray(new String[0]));
            SubmitterEnvironment environment =
                    new SubmitterEnvironment(variables, System.getProperty("user.name"), directory);
            SparkConf conf = new ConfAssembly(environment, w -> {}).assemble(options);
            HadoopGateway gateway = new HadoopGateway(HadoopSettings.of(conf, null, true));
            SparkApplication app = new ApplicationResolver(environment, gateway)
                    .resolve(new ApplicationRequest(
                            options.application.isEmpty() ? null : options.application.get(0),
                            options.mainClass,
                            options.application.subList(Math.min(1, options.application.size()), options.application.size()),
                            options.proxyUser,
                            conf));
            ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
            DriverSpecBuilder.check(app, environment);
            StagingPlan plan = StagingPlan.of(app, identity);
            ArtifactUploader uploader = new ArtifactUploader(gateway);
            StagedArtifacts staged = uploader.upload(plan, StagingListener.SILENT);
            DriverSpec spec = DriverSpecBuilder.build(app, identity, staged, environment);
            String master = app.conf().get("spark.master").orElseThrow().substring(6);
            try (var client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                            .withMasterUrl(master)
                            .withOauthToken(conf.get("spark.kubernetes.authenticate.submission.oauthToken").orElse(""))
                            .build())
                    .build()) {
                Pod pod;
                try {
                    pod = client.resource(spec.pod()).create();
                } catch (RuntimeException e) {
                    uploader.delete(staged);
                    throw e;
                }
                try {
                for (HasMetadata object : spec.dependants()) {
                    object.getMetadata()
                            .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                                    .withApiVersion("v1")
                                    .withKind("Pod")
                                    .withName(pod.getMetadata().getName())
                                    .withUid(pod.getMetadata().getUid())
                                    .withController(true)
                                    .build()));
                    client.resource(object).create();
                }
                } catch (RuntimeException e) {
                    for (HasMetadata object : spec.dependants()) client.resource(object).delete();
                    client.resource(pod).delete();
                    uploader.delete(staged);
                    throw e;
                }
            }
            return Optional.empty();
        } catch (ActionableException | CommandLine.ParameterException e) {
            return Optional.of(e.getMessage());
        } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
            return Optional.of("API: " + e.getMessage());
        } catch (RuntimeException e) {
            java.io.StringWriter w = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(w));
            return Optional.of("Unexpected failure: " + w);
        }
    }
}
