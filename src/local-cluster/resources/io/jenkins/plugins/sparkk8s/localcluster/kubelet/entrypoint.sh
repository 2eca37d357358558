#!/bin/bash
# The entry point of the 'Spark image': the convention of the official image's entrypoint.sh, with a JVM set up
# for many small JVMs on few cores. Options that a user gives come later on the command line, and so win.
set -eu
SPARK_HOME=${SPARK_HOME:-/opt/spark}
export SPARK_HOME
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

# The JVM flags of this image; a collector only where the user chose none, as a JVM refuses two.
image_flags() {
    flags=(-XX:-UsePerfData -Xss1m)
    if [ -n "${POD_HOSTS_FILE-}" ]; then
        flags+=("-Djdk.net.hosts.file=$POD_HOSTS_FILE")
    fi
    case " $* " in
        *" -XX:+Use"*"GC "*) ;;
        *) flags+=(-XX:+UseSerialGC) ;;
    esac
}

need_spark() {
    if ! compgen -G "$SPARK_HOME/jars/spark-core_*.jar" >/dev/null; then
        echo "This image holds no Spark: run 'mvn -f examples/spark-runtime package' and start the cluster again." >&2
        exit 1
    fi
}

case "${1-}" in
    driver)
        shift
        need_spark
        export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-$SPARK_DRIVER_BIND_ADDRESS}
        submit=(
            --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS"
            --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$SPARK_DRIVER_BIND_ADDRESS"
            --deploy-mode client
        )
        # There is no kubernetes.default.svc:443 on a host's own network.
        if ! grep -qs '^spark\.kubernetes\.driver\.master[ =:]' "${SPARK_CONF_DIR-}/spark.properties"; then
            submit+=(--conf "spark.kubernetes.driver.master=https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT")
        fi
        # As bin/spark-class: Spark's launcher knows the memory, options and class path of the driver's JVM.
        core=$(compgen -G "$SPARK_HOME/jars/spark-core_*.jar")
        core=${core##*/spark-core_}
        export SPARK_SCALA_VERSION=${core%%-*}
        command=()
        while IFS= read -r -d '' word; do
            command+=("$word")
        done < <("$JAVA" -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$SPARK_HOME/jars/*" \
            org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${submit[@]}" "$@")
        if [ "${#command[@]}" -lt 2 ]; then
            exit 1
        fi
        # The launcher's first words are a line break of its own.
        while [ "${command[0]}" = $'\n' ] || [ -z "${command[0]}" ]; do
            command=("${command[@]:1}")
        done
        image_flags "${command[@]}"
        # A driver mostly starts and waits: no time for the optimising compiler.
        flags+=(-XX:TieredStopAtLevel=1)
        exec "${command[0]#$'\n'}" "${flags[@]}" "${command[@]:1}"
        ;;
    executor)
        shift
        need_spark
        export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-$SPARK_EXECUTOR_POD_IP}
        options=()
        while IFS= read -r name; do
            options+=("${!name}")
        done < <(compgen -e SPARK_JAVA_OPT_ | sort -t_ -k4 -n)
        class_path=${SPARK_CLASSPATH-}:$SPARK_HOME/jars/*${HADOOP_CONF_DIR:+:$HADOOP_CONF_DIR}
        class_path=${SPARK_CONF_DIR:-$SPARK_HOME/conf}:${class_path#:}
        image_flags "${options[@]}"
        exec "$JAVA" "${flags[@]}" "${options[@]}" \
            "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY" -cp "$class_path" \
            org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
            --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" \
            --app-id "$SPARK_APPLICATION_ID" --hostname "$SPARK_EXECUTOR_POD_IP" \
            --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" --podName "$SPARK_EXECUTOR_POD_NAME"
        ;;
    *)
        exec "$@"
        ;;
esac
