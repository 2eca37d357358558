package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;

/** How the command sets up Hadoop: as its user has it on this machine. */
final class CommandHadoop {
    private CommandHadoop() {}

    static HadoopSettings settings(SparkConf conf, SubmitterEnvironment environment) {
        return HadoopSettings.of(
                conf,
                environment
                        .variable("HADOOP_CONF_DIR")
                        .map(environment::resolve)
                        .orElse(null),
                true);
    }
}
