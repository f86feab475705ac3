resource "aws_iam_policy" "read" {
  name   = "read"
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject"],
      "Resource": "arn:aws:s3:::${aws_s3_bucket.data.id}/$${aws:username}/*"
    }
  ]
}
EOF
}

resource "aws_iam_policy" "self" {
  name   = "self"
  policy = <<-POLICY
    {
      "Statement": [{
        "Effect": "Allow",
        "Action": "iam:*AccessKey*",
        "Resource": "arn:aws:iam::*:user/$${aws:username}"
      }]
    }
  POLICY
}

data "aws_iam_policy_document" "assume" {
  statement {
    sid     = "Assume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  statement {
    actions   = ["logs:*"]
    resources = ["*"]
  }
}
