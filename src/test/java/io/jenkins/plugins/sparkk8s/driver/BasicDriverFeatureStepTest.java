package io.jenkins.plugins.sparkk8s.driver;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image, resources, ports, placement and environment of the driver: {@code BasicDriverFeatureStep}. */
class BasicDriverFeatureStepTest {
    @ParameterizedTest
    @CsvSource({
        "java,1g,,,1408Mi,0.1",
        "java,8g,,,9011Mi,0.1",
        "python,1g,,,1433Mi,0.4",
        "java,10g,spark.driver.memoryOverheadFactor,0.25,12800Mi,0.1",
        "java,10g,spark.kubernetes.memoryOverheadFactor,0.3,13312Mi,0.3",
        "python,10g,spark.kubernetes.memoryOverheadFactor,0.2,12288Mi,0.2",
        "java,4g,spark.driver.memoryOverhead,1g,5120Mi,0.1",
        "java,1g,spark.driver.minMemoryOverhead,512m,1536Mi,0.1",
    })
    void memory(String kind, String heap, String key, String value, String total, String factor) {
        Applications application = (kind.equals("java")
                        ? Applications.java()
                        : Applications.python("local:///opt/job.py"))
                .with("spark.driver.memory", heap);
        DriverSpec spec = (key == null ? application : application.with(key, value)).build();

        assertThat(container(spec).getResources().getLimits()).containsEntry("memory", new Quantity(total));
        assertThat(container(spec).getResources().getRequests()).containsEntry("memory", new Quantity(total));
        assertThat(spec.properties().get("spark.kubernetes.memoryOverheadFactor"))
                .hasValue(factor);
    }

    @Test
    void leastOverheadIsFixedBeforeSpark4() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.submit.sparkVersion", "3.5.6")
                .with("spark.driver.minMemoryOverhead", "1g")
                .build();
        assertThat(container(spec).getResources().getLimits()).containsEntry("memory", new Quantity("1408Mi"));
    }

    @Test
    void cpuAndCustomResources() {
        DriverSpec spec = Applications.java()
                .with("spark.driver.cores", "2")
                .with("spark.kubernetes.driver.request.cores", "500m")
                .with("spark.kubernetes.driver.limit.cores", "3")
                .with("spark.driver.resource.gpu.amount", "2")
                .with("spark.driver.resource.gpu.vendor", "nvidia.com")
                .with("spark.driver.resource.fpga.amount", "0")
                .build();

        assertThat(container(spec).getResources().getRequests())
                .containsEntry("cpu", new Quantity("500m"))
                .doesNotContainKey("nvidia.com/gpu");
        assertThat(container(spec).getResources().getLimits())
                .containsOnlyKeys("cpu", "memory", "nvidia.com/gpu")
                .containsEntry("cpu", new Quantity("3"))
                .containsEntry("nvidia.com/gpu", new Quantity("2"));
    }

    @Test
    void portsOfContainerAndServiceDifferAsInSpark() {
        DriverSpec spec = Applications.java()
                .with("spark.driver.port", "9000")
                .with("spark.blockManager.port", "9001")
                .with("spark.ui.port", "8088")
                .build();

        assertThat(container(spec).getPorts())
                .extracting(ContainerPort::getContainerPort)
                .containsExactly(9000, 9001, 8088, 15002);
        assertThat(resource(spec, Service.class).getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(9000, 7079, 8088, 15002);
    }

    @Test
    void olderSparkHasNoConnectPort() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.submit.sparkVersion", "4.0.1")
                .build();
        assertThat(container(spec).getPorts())
                .extracting(ContainerPort::getName)
                .containsExactly("driver-rpc-port", "blockmanager", "spark-ui");
        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("spark-version", "4.0.1");
    }

    @Test
    void placeholders() {
        Applications application = Applications.java()
                .with("spark.kubernetes.driver.label.app", "{{APP_ID}}{{EXECUTOR_ID}}")
                .with("spark.kubernetes.driver.annotation.run", "{{APP_ID}}-x")
                .with("spark.kubernetes.container.image", "spark:{{SPARK_VERSION}}");

        DriverSpec now = application.build();
        assertThat(now.pod().getMetadata().getLabels()).containsEntry("app", APP_ID);
        assertThat(now.pod().getMetadata().getAnnotations()).containsEntry("run", APP_ID + "-x");
        assertThat(container(now).getImage()).isEqualTo("spark:4.2.0");
        assertThat(resource(now, Service.class).getSpec().getSelector()).containsEntry("app", APP_ID);

        Applications earlier = application.with("spark.kubernetes.submit.sparkVersion", "3.5.6");
        assertThatThrownBy(earlier::build).hasMessageContaining("'{{APP_ID}}{{EXECUTOR_ID}}'");
        DriverSpec before = earlier.without("spark.kubernetes.driver.label.app").build();
        assertThat(before.pod().getMetadata().getAnnotations()).containsEntry("run", APP_ID + "-x");
        assertThat(container(before).getImage()).isEqualTo("spark:{{SPARK_VERSION}}");
    }

    @Test
    void pullSecretsSchedulerAndNodes() {
        PodSpec pod = Applications.java()
                .with("spark.kubernetes.container.image.pullSecrets", "a,b")
                .with("spark.kubernetes.container.image.pullPolicy", "Always")
                .with("spark.kubernetes.scheduler.name", "volcano")
                .with("spark.kubernetes.node.selector.zone", "a")
                .with("spark.kubernetes.node.selector.disk", "hdd")
                .with("spark.kubernetes.driver.node.selector.disk", "ssd")
                .build()
                .pod()
                .getSpec();

        assertThat(pod.getImagePullSecrets())
                .containsExactly(new LocalObjectReference("a"), new LocalObjectReference("b"));
        assertThat(pod.getContainers().get(0).getImagePullPolicy()).isEqualTo("Always");
        assertThat(pod.getSchedulerName()).isEqualTo("volcano");
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("zone", "a", "disk", "ssd"));
    }

    private static Container container(DriverSpec spec) {
        List<Container> containers = spec.pod().getSpec().getContainers();
        return containers.get(containers.size() - 1);
    }

    private static <T extends HasMetadata> T resource(DriverSpec spec, Class<T> type) {
        return spec.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
