package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.KubernetesMaster;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesClientFactory;
import io.jenkins.plugins.sparkk8s.submission.SubmissionOperations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the command does with its arguments; every error ends here, as a sentence and an exit status. */
final class SubmitCommand {
    private static final Logger LOGGER = Logger.getLogger(SubmitCommand.class.getName());

    private final SubmitterEnvironment environment;
    private final Console console;

    SubmitCommand(SubmitterEnvironment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    int execute(String... arguments) {
        console.hide(ArgumentSecrets.in(arguments));
        try {
            SubmitOptions options = SubmitOptions.parse(arguments);
            if (options.help) {
                LibraryArguments.describe(console.out());
                return ExitStatus.SUCCESS;
            }
            return run(options);
        } catch (UsageException e) {
            console.error(e.getMessage());
            return ExitStatus.USAGE;
        } catch (ConfigurationException e) {
            e.problems().forEach(console::error);
            return ExitStatus.FAILURE;
        } catch (ActionableException e) {
            LOGGER.log(Level.FINE, "The submission failed.", console.hidden().failure(e));
            console.error(e.getMessage());
            return ExitStatus.FAILURE;
        } catch (RuntimeException | Error e) {
            // An Error too: nothing prints what leaves the main thread.
            LOGGER.log(Level.FINE, "Unexpected failure.", console.hidden().failure(e));
            console.error(
                    "Unexpected failure: %s. Please report it, with the configuration that shows it.".formatted(e));
            return ExitStatus.FAILURE;
        }
    }

    private int run(SubmitOptions options) {
        if (options.version) {
            console.line("spark-k8s-submit " + version());
            return ExitStatus.SUCCESS;
        }
        options.withoutEffect().forEach(console::warning);
        SparkConf conf = new ConfAssembly(environment, console::warning).assemble(options);
        console.hide(SecretMask.of(conf));
        KubernetesMaster master = master(conf);
        if (master.isPlainHttp()) {
            console.warning(
                    "The master's URL has the scheme http: all requests, including tokens, are sent unencrypted. Use https.");
        }
        if (options.kill != null || options.status != null) {
            return operate(options, conf.with(CoreOptions.MASTER, master.toString()));
        }
        return submit(options, conf);
    }

    private int submit(SubmitOptions options, SparkConf conf) {
        if (options.application.isEmpty()) {
            throw UsageException.withHelp(
                    "No application is given: add a jar, a Python file or an R file after the options.");
        }
        ApplicationRequest request = new ApplicationRequest(
                options.application.get(0),
                options.mainClass,
                options.application.subList(1, options.application.size()),
                options.proxyUser,
                conf);
        return new SubmitRun(environment, console, options.verbose).run(request);
    }

    private KubernetesMaster master(SparkConf conf) {
        String deployMode = conf.get(CoreOptions.DEPLOY_MODE.key()).orElse("cluster");
        if (!deployMode.equals("cluster")) {
            throw UsageException.withHelp(
                    deployMode.equals("client")
                            ? "Deploy mode client, which runs the driver in this process, is not supported. Use cluster."
                            : "The deploy mode '%s' does not exist. Use cluster.".formatted(deployMode));
        }
        String master = conf.get(CoreOptions.MASTER.key())
                .orElseThrow(() -> UsageException.withHelp(
                        "No master is given: set --master to k8s:// and the URL of the API server."));
        try {
            return KubernetesMaster.parse(master);
        } catch (ConfigurationException e) {
            throw UsageException.withHelp(e.getMessage());
        }
    }

    private int operate(SubmitOptions options, SparkConf conf) {
        try (KubernetesClient client = KubernetesClientFactory.create(conf, environment)) {
            SubmissionOperations operations = new SubmissionOperations(client);
            return options.kill == null
                    ? status(operations, options.status, client.getNamespace())
                    : kill(
                            operations,
                            options.kill,
                            client.getNamespace(),
                            conf.find(KubernetesOptions.APP_KILL_POD_DELETION_GRACE_PERIOD));
        }
    }

    private int status(SubmissionOperations operations, String submissionId, String namespace) {
        operations.status(submissionId).forEach(console::line);
        if (operations.find(submissionId).isEmpty()) {
            console.error(noDriver(submissionId, namespace));
            return ExitStatus.FAILURE;
        }
        return ExitStatus.SUCCESS;
    }

    private int kill(
            SubmissionOperations operations, String submissionId, String namespace, Optional<Duration> gracePeriod) {
        List<String> killed = operations.kill(submissionId, gracePeriod);
        killed.forEach(pod -> console.line("Deleted driver pod %s and the objects that it owns.".formatted(pod)));
        if (killed.isEmpty()) {
            console.error(noDriver(submissionId, namespace));
        }
        return killed.isEmpty() ? ExitStatus.FAILURE : ExitStatus.SUCCESS;
    }

    private static String noDriver(String submissionId, String namespace) {
        return "There is no driver pod %s%s. Check the name and the namespace; --status '*' shows all."
                .formatted(submissionId, submissionId.contains(":") ? "" : " in namespace " + namespace);
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
