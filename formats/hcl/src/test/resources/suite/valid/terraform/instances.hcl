resource "aws_instance" "web" {
  count = var.replicas

  ami           = data.aws_ami.debian.id
  instance_type = "t3.micro"
  subnet_id     = element(aws_subnet.private.*.id, count.index)

  user_data = templatefile("${path.module}/init.sh.tftpl", {
    name  = var.name
    index = count.index
  })

  root_block_device {
    volume_size = 20
    encrypted   = true
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 100
  }
  ebs_block_device {
    device_name = "/dev/sdg"
    volume_size = 200
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [ami, tags["LastPatched"]]

    precondition {
      condition     = data.aws_ami.debian.architecture == "x86_64"
      error_message = "The image must be for x86_64."
    }
  }

  timeouts {
    create = "10m"
  }
}

resource "aws_instance" "bastion" {
  ami           = data.aws_ami.debian.id
  instance_type = "t3.nano"
}

data "aws_ami" "debian" {
  most_recent = true
  owners      = ["136693071363"]

  filter {
    name   = "name"
    values = ["debian-12-*"]
  }
  filter {
    name   = "architecture"
    values = ["x86_64"]
  }
}
